/** What a trial (试导入) would have answered, on its way out of the transaction that it undoes. */
class Undone<T> extends Error {
  readonly answer: T
  constructor(answer: T) {
    super('a trial is undone')
    this.answer = answer
  }
}

/**
 * Does a piece of work in a transaction; of a trial everything is judged and written as it would be, and then undone. What
 * only shows at the end of a transaction, or to another one, a trial cannot see.
 */
export async function tried<H, T>(
  trial: boolean | undefined,
  transaction: <R>(work: (handle: H) => Promise<R>) => Promise<R>,
  work: (handle: H) => Promise<T>,
): Promise<T> {
  if (!trial) return transaction(work)
  try {
    return await transaction(async (handle) => {
      throw new Undone(await work(handle))
    })
  } catch (error) {
    if (error instanceof Undone) return error.answer as T
    throw error
  }
}
