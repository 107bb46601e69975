import { procedureOf } from '@zhijiao/contract/procedures/all'
import type { ButtonProps } from 'antd'
import { useWords } from '../../ui/language.ts'
import { type Against, searchOf } from './against.ts'
import { LinkButton } from './LinkButton.tsx'
import { useMayBegin } from './mayBegin.ts'
import { matterWords } from './words.ts'

/** 异议: begins the objection of a person to one decision; nothing for a post that may register none. */
export function ContestButton({
  person,
  against,
  ...button
}: { person: string; against: Against } & Pick<ButtonProps, 'type' | 'size'>) {
  const t = useWords(matterWords)
  const mayBegin = useMayBegin()
  const objection = procedureOf('objection')
  if (!objection || !mayBegin(objection)) return null
  return (
    <LinkButton to="/matters/objection/new" search={{ person, ...searchOf(against) }} {...button}>
      {t('contest')}
    </LinkButton>
  )
}
