import { type Leave, leaves } from '@zhijiao/contract/permits'
import { App, Button } from 'antd'
import { useDo } from '../../ui/api.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { leaveWords } from './words.ts'

/** 备案: the county takes note of several leaves at one press; what cannot be is named. */
export function FileMany({ chosen, onDone }: { chosen: readonly Leave[]; onDone: () => void }) {
  const t = useWords(leaveWords)
  const say = useSpoken()
  const complain = useComplain()
  const { message, modal } = App.useApp()
  const note = useDo(leaves.noteFilings, { refreshes: ['leaves', 'tasks'] })
  const names = new Map(chosen.map((l) => [l.id, l.person.name]))
  return (
    <Button
      size="small"
      loading={note.isPending}
      onClick={async () => {
        try {
          const { done, refused } = await note.mutateAsync({ body: { ids: chosen.map((l) => l.id) } })
          onDone()
          if (refused.length === 0) void message.success(t('filedMany', { n: done.length }))
          else
            modal.warning({
              title: t('filedSome', { n: done.length, left: refused.length }),
              content: (
                <ul className="zj-faults">
                  {refused.map((r) => (
                    <li key={r.id}>
                      <strong>{names.get(r.id) ?? '—'}</strong> {say(r)}
                    </li>
                  ))}
                </ul>
              ),
            })
        } catch (error) {
          complain(error)
        }
      }}
    >
      {t('fileMany')}
    </Button>
  )
}
