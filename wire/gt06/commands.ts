import type { Command } from '../message.ts'

/**
 * Commands of this family are words in message 0x80. Null for what the family cannot say: a burst that ends by itself
 * (the gateway sets the interval and sets it back), words for the wearer, an end of reporting, numbered parameters.
 */
export function commandText(command: Command): string | null {
  switch (command.kind) {
    case 'locate':
      return 'WHERE#'
    case 'interval':
      return `TIMER,${Math.max(5, Math.round(command.seconds))}#`
    case 'selfCheck':
      return 'STATUS#'
    case 'burst':
    case 'text':
    case 'stop':
    case 'readParameters':
    case 'parameters':
      return null
  }
}
