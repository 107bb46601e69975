// The press runs beside the program, in a thread of its own: laying out a page takes the processor for a fifth of a second.
import { register } from 'tsx/esm/api'

register()
await import('./bench.ts')
