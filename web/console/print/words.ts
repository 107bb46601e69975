import { dictionary } from '../../ui/language.ts'

export const printWords = dictionary({
  first: ['共 {total} 条，打印前 {n} 条', '{total} in all; the first {n} are printed'],
  printedBy: ['打印：{name}（{number}） {time}', 'Printed by {name} ({number}), {time}'],
})
