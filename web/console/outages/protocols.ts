import type { Language, Pair } from '../../ui/language.ts'

/** The kinds of device as officers call them, with the protocol the maker names. */
const names: Readonly<Record<string, Pair>> = {
  jt808: ['定位手环、部标终端（JT/T 808）', 'Bracelets and JT/T 808 devices'],
  gt06: ['GT06 终端', 'GT06 devices'],
  watch: ['定位手表', 'Watches'],
  owntracks: ['OwnTracks 手机', 'OwnTracks phones'],
  osmand: ['OsmAnd 手机', 'OsmAnd phones'],
  app: ['手机应用', 'Phone app'],
}

export const protocolNames = Object.keys(names)
export const protocolName = (protocol: string, language: Language): string =>
  names[protocol]?.[language === 'zh' ? 0 : 1] ?? protocol
