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
