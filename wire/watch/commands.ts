import type { Command } from '../message.ts'

/** Words that a device says back when it carried out a command of that name. */
const REPLIES: ReadonlySet<string> = new Set([
  'CR',
  'UPLOAD',
  'MESSAGE',
  'POWEROFF',
  'TS',
  'VERNO',
  'RESET',
  'FACTORY',
  'FIND',
  'LZ',
])

export const isReply = (kind: string): boolean => REPLIES.has(kind)

/** Commands of the protocol. Null for a burst of a set length and for numbered parameters, which it does not know. */
export function commandText(command: Command): string | null {
  switch (command.kind) {
    case 'locate':
      return 'CR'
    case 'interval':
      return `UPLOAD,${Math.max(10, Math.round(command.seconds))}`
    case 'text':
      return `MESSAGE,${utf16Hex(command.text)}`
    case 'selfCheck':
      return 'TS'
    case 'stop':
      return 'POWEROFF'
    case 'burst':
    case 'readParameters':
    case 'parameters':
      return null
  }
}

/** Text travels as UTF-16 in hexadecimal, so that no bracket or comma of it disturbs the message. */
function utf16Hex(text: string): string {
  let hex = ''
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, '0')
  return hex.toUpperCase()
}
