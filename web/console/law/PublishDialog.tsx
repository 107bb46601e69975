import type { Static } from '@zhijiao/contract/kernel'
import { type LawRevision, lawDesk } from '@zhijiao/contract/settings'
import { App, Modal } from 'antd'
import { useDo } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { Changes } from './Changes.tsx'
import { lawWords } from './words.ts'

/** The second person reads what would change, and publishes it. */
export function PublishDialog({ of, onClose }: { of: Static<typeof LawRevision>; onClose: () => void }) {
  const t = useWords(lawWords)
  const c = useWords(common)
  const complain = useComplain()
  const { message } = App.useApp()
  const publish = useDo(lawDesk.publish, {
    onDone: (done) => {
      void message.success(t('published1', { day: done.from }))
      onClose()
    },
  })
  return (
    <Modal
      open
      width={680}
      title={t('publishTitle')}
      okText={t('publish')}
      cancelText={c('cancel')}
      okButtonProps={{ loading: publish.isPending }}
      onOk={() => publish.mutate({ params: { id: of.id } }, { onError: (error) => complain(error) })}
      onCancel={onClose}
    >
      <p>
        {of.source} · {t('effective')} {of.from} · {t('drafted')} {of.draftedBy}
      </p>
      <Changes values={of.values} confirms={of.confirms} corrects={of.corrects} holidays={of.holidays} />
      <p>{t('publishSure')}</p>
    </Modal>
  )
}
