import { devices, type Protocol } from '@zhijiao/contract/devices'
import { App, Button, Input, Space } from 'antd'
import { useState } from 'react'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { useDo } from '../../ui/api.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { Screen } from '../Screen.tsx'
import { RegisterForm } from './RegisterForm.tsx'
import { useSpelling } from './spelling.ts'
import { deviceWords, protocols, protocolWord } from './words.ts'

export default function UnknownDevices() {
  const t = useWords(deviceWords)
  const c = useWords(common)
  const complain = useComplain()
  const spelling = useSpelling()
  const { message } = App.useApp()
  const [adopting, setAdopting] = useState<{ protocol: Protocol; identity: string } | null>(null)
  const discard = useDo(devices.discard, { onDone: () => void message.success(t('done')) })
  return (
    <Screen title={t('unknownTitle')} note={<span className="zj-muted">{t('unknownNote')}</span>}>
      <SearchTable
        name="unknown"
        label={t('unknownTitle')}
        kept={devices.unknown}
        rowKey={(d) => `${d.protocol}${d.identity}`}
        conditions={[
          { name: 'q', label: t('identity'), field: <Input allowClear maxLength={40} /> },
          {
            name: 'protocol',
            label: t('protocol'),
            field: <AnyOf options={protocols.map((value) => ({ value, label: t(protocolWord[value]) }))} />,
          },
        ]}
        empty={{ what: t('unknownEmpty') }}
        columns={[
          { key: 'identity', title: t('identity'), render: (d) => <span className="zj-mono">{d.identity}</span> },
          { key: 'protocol', title: t('protocol'), render: (d) => t(protocolWord[d.protocol]) },
          { key: 'last', title: t('lastSeen'), sort: 'lastSeenAt', render: (d) => <Freshness at={d.lastSeenAt} /> },
          { key: 'first', title: t('first'), render: (d) => minute(d.firstSeenAt) },
          { key: 'messages', title: t('messages'), sort: 'messages', align: 'right', render: (d) => d.messages },
          { key: 'remote', title: t('remote'), render: (d) => d.remote ?? '—' },
          { key: 'says', title: t('says'), width: 260, render: (d) => spelling.line(d.says) },
          {
            key: 'actions',
            title: c('actions'),
            fixed: 'right',
            render: (d) => (
              <Space size={0}>
                <Button
                  size="small"
                  type="link"
                  onClick={() => setAdopting({ protocol: d.protocol, identity: d.identity })}
                >
                  {t('adopt')}
                </Button>
                <Button
                  size="small"
                  type="link"
                  onClick={() =>
                    discard.mutate(
                      { params: { protocol: d.protocol, identity: d.identity } },
                      { onError: (e) => complain(e) },
                    )
                  }
                >
                  {t('discard')}
                </Button>
              </Space>
            ),
          },
        ]}
      />
      {adopting ? <RegisterForm unknown={adopting} onClose={() => setAdopting(null)} /> : null}
    </Screen>
  )
}
