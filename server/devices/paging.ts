interface Paged {
  readonly page?: number
  readonly size?: number
}

/** The page asked for, as a list answers it. */
export const pageIn = ({ page = 1, size = 20 }: Paged) => ({ page, size })
/** The page asked for, as the database counts. */
export const span = ({ page = 1, size = 20 }: Paged) => ({ limit: size, offset: (page - 1) * size })
