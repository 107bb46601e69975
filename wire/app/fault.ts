/** An entry of a batch that could not be read: its number where that could be, so that the phone need not send it again. */
export interface RefusedEntry extends Fault {
  readonly seq: number | null
}

/** What is wrong with a batch, and where: `fixes[3].lat`. */
export interface Fault {
  readonly at: string
  readonly problem:
    | 'notJson'
    | 'notAnObject'
    | 'missing'
    | 'wrongType'
    | 'outOfRange'
    | 'tooLong'
    | 'unknownValue'
    | 'repeated'
}
