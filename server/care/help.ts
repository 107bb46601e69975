import { declarePractice, hint, type Weighing } from '../procedures/index.ts'

/** Days in which an answer is asked for, as the operator set them. */
const days = ({ law }: Pick<Weighing, 'law'>) => law.number('SET-33', 15)

export function declareHelp(): void {
  declarePractice('coordination', {
    weigh: async (w) => [
      hint(w.law, 'good', `函件自动起草，请对方 ${days(w)} 日内答复`, `Drafted for you; an answer in ${days(w)} days`),
      ...(w.person?.minor && w.form.matter === 'school'
        ? [
            hint(
              w.law,
              'must',
              '未完成义务教育的未成年人，应当通知并配合教育部门',
              'A minor with compulsory education unfinished: the education department is told and helped',
              'MIN-08',
            ),
          ]
        : []),
      ...(w.person?.minor
        ? [
            hint(
              w.law,
              'must',
              '未成年人身份信息保密，函件只写必要内容',
              'A minor’s identity is confidential',
              'MIN-02',
            ),
          ]
        : []),
    ],
    blanks: async (m) => ({ 答复期限: `收到本函之日起${days(m)}日内` }),
  })
}
