/** Words for the kinds of ledger entries, so that a timeline and a statement read like a file and not like a log. */
const words: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'evidence.exported': { zh: '导出证据包', en: 'Evidence exported' },
  'file.received': { zh: '接收文件', en: 'File received' },
  'track.sealed': { zh: '封存当日轨迹', en: "Day's track sealed" },
}

/** The words of a kind; a kind without words is shown as it is rather than hidden. */
export function factWords(kind: string): { readonly zh: string; readonly en: string } {
  return words[kind] ?? { zh: kind, en: kind }
}
