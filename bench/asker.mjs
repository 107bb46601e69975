// Whoever measures asks from a thread of its own: reading large answers owes a collection of garbage, which would be taken for the time of an answer.
import { register } from 'tsx/esm/api'

register()
await import('./asking.ts')
