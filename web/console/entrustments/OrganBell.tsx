import { BellOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { entrustments, newsKinds } from '@zhijiao/contract/entrustments'
import type { LiveNews } from '@zhijiao/contract/live'
import { App, Badge, Button, Tooltip } from 'antd'
import { useCallback } from 'react'
import { useAsk } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { useNews } from '../../ui/live.ts'
import { colours } from '../../ui/tokens.ts'
import { entrustWords } from './words.ts'

/** How many of this organ's requests have news; the live line keeps it true. */
export const useFresh = (enabled = true) =>
  useAsk(entrustments.counts, {}, { every: 60_000, enabled }).data ?? { fresh: 0, asked: 0, unstated: 0 }

/** The bell of an organ's desk: what is new of its own requests, said once as it comes. */
export function OrganBell({ narrow }: { narrow: boolean }) {
  const t = useWords(entrustWords)
  const navigate = useNavigate()
  const { notification } = App.useApp()
  const { fresh, asked } = useFresh()
  const hear = useCallback(
    (news: LiveNews) => {
      const what = news.topic === 'entrustment' ? newsKinds.find((kind) => kind === news.what) : undefined
      if (!what || !news.mine) return
      // Whoever has the request before him reads it there.
      if (window.location.pathname === `/entrustments/${news.id}`) return
      notification.info({
        key: `${news.id}.${what}`,
        title: t(`n_${what}`),
        placement: 'bottomRight',
        duration: 8,
        actions: (
          <Button
            type="primary"
            size="small"
            onClick={() => {
              notification.destroy(`${news.id}.${what}`)
              void navigate({ to: `/entrustments/${news.id}` })
            }}
          >
            {t('open')}
          </Button>
        ),
      })
    },
    [navigate, notification, t],
  )
  useNews(hear)
  const said = t('bell', { n: fresh, asked })
  return (
    <Tooltip title={said}>
      <Badge count={fresh} size="small" offset={[-4, 4]} color={colours.primary} overflowCount={99}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={said}
          onClick={() => void navigate({ to: '/entrustments', search: (fresh > 0 ? { only: 'fresh' } : {}) as never })}
        >
          {narrow ? null : t('bellWord')}
        </Button>
      </Badge>
    </Tooltip>
  )
}
