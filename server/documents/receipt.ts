import { filesIn } from '../core/files.ts'
import { notFound } from '../core/refusals.ts'
import { paperOf } from './domain.ts'
import { asDay, headOf, lawOn, organOf, templateOn } from './filing.ts'
import type { Bench, Within } from './issue.ts'
import { copyLine } from './old-paper.ts'
import type { Paper } from './paper.ts'
import type { Dressing } from './press/pdf.ts'
import { documentStore, type ShownDocument } from './store.ts'

const ways = {
  direct: '直接送达',
  left: '留置送达',
  mail: '邮寄送达',
  electronic: '电子送达',
  entrusted: '委托送达',
  public: '公告送达',
} as const
const copies = { original: '正本', duplicate: '副本', stub: '存根', receipt: '回执' } as const

const shanghai = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString()

/** 送达回证 of one delivery: form D34b filled from its record, with the signature the receiver wrote. */
export async function receiptPaper(
  bench: Bench,
  within: Within,
  row: ShownDocument,
  deliveryId: string,
): Promise<{ paper: Paper; dressing: Dressing }> {
  const { house } = bench
  const delivery = (await documentStore(within.db).deliveries(row.id)).find((d) => d.id === deliveryId)
  if (!delivery) throw notFound()
  const wall = shanghai(delivery.delivered_at)
  const on = asDay(wall.slice(0, 10))
  const [year, month, day] = wall.slice(0, 10).split('-').map(Number)
  const organ = await organOf(within.db, headOf(row))
  const { body } = await templateOn(within.db, 'D34b', headOf(row), on)
  const server = delivery.server ?? delivery.served_name
  const paper = paperOf({
    id: 'D34b',
    body,
    organ,
    law: await lawOn(house, row.org_code, on),
    on,
    number: null,
    values: {
      受送达人: delivery.addressee,
      送达方式: ways[delivery.how],
      内容: `${row.number ? `${row.number}` : ''}《${row.paper?.zh ?? row.template}》${copies[delivery.copy]}一份`,
      时间: `${year}年${month}月${day}日 ${wall.slice(11, 16)}`,
      地点: delivery.place,
      代收人及代收理由:
        delivery.receiver && delivery.receiver !== delivery.addressee
          ? `${delivery.receiver}${delivery.relation ? `（${delivery.relation}）` : ''}`
          : '',
      人员: `受送达人：${delivery.addressee}；送达人：${server}；见证人：${delivery.witness || '无'}`,
      送达人: server,
      见证人: delivery.witness,
      备注: delivery.note,
    },
  })
  const signatures: Dressing['signatures'] = delivery.signature_file_id
    ? {
        receiver: {
          image: new Uint8Array(await filesIn(within.db, house, within.ledger).content(delivery.signature_file_id)),
          day: `${year}年${month}月${day}日`,
        },
      }
    : {}
  return {
    paper,
    dressing: {
      draft: false,
      signatures,
      stamp: null,
      at: delivery.recorded_at.getTime(),
      author: organ.agency,
      ...(delivery.imported ? { copy: copyLine({ source: row.source, scanned: false, signers: [] }) } : {}),
    },
  }
}
