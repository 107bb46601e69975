/** The sheet of GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22 lines of 28 characters. Points. */
const mm = 72 / 25.4

export const a4 = { width: 210 * mm, height: 297 * mm }
export const letterMargins: [number, number, number, number] = [28 * mm, 37 * mm, 26 * mm, 35 * mm]
/** 三号 is 16 pt; 28 characters fill 156 mm at 15.79 pt without any spacing between them. */
export const bodySize = (156 * mm) / 28
export const linePitch = (225 * mm) / 22
/** Forms (审批表) hold more: narrower margins and 小四. */
export const formMargins: [number, number, number, number] = [24 * mm, 24 * mm, 22 * mm, 22 * mm]
export const formSize = 11.5
export const formPitch = 19
/** 二号 for titles, 四号 for page numbers. */
export const titleSize = 22
export const pageNumberSize = 14
export const tableSize = 11
/** Diameter of an organ's round seal: 42 mm. */
export const sealSize = 42 * mm
