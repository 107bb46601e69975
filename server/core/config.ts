import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'

/** Parts of the one program; all in one process by default. */
export const parts = ['api', 'gateway', 'engine', 'worker'] as const
export type Part = (typeof parts)[number]

export interface Config {
  readonly mode: 'demo' | 'production' | 'test'
  readonly parts: readonly Part[]
  /** Folder of the embedded cluster, tree heads, backups. */
  readonly folder: string
  /** Connection string of whoever owns the database of a PostgreSQL 15+ and may make roles; null: embedded. */
  readonly databaseUrl: string | null
  readonly databasePort: number
  readonly http: {
    readonly host: string
    readonly port: number
    /** Addresses and networks (CIDR) of reverse proxies whose `X-Forwarded-For` is believed; empty: nobody's. */
    readonly trustProxy: readonly string[]
    readonly secureCookie: boolean
    /** Requests a minute of one session, and of one address for all without one. */
    readonly requestsPerMinute: number
  }
  /** Device listeners; 0 picks a free port, -1 leaves the listener out. */
  readonly devices: {
    readonly host: string
    readonly jt808: number
    readonly gt06: number
    readonly watch: number
    readonly http: number
  }
  /** A small listener of its own for health, readiness and metrics; port 0 picks a free one, -1 leaves it out. */
  readonly health: { readonly host: string; readonly port: number }
  /** Opens the metrics to a scraper that has no session; null: system administrators only. */
  readonly metricsToken: string | null
  /** PEM files; when set every listener speaks TLS. */
  readonly tls: { readonly cert: string; readonly key: string } | null
  /** 32 bytes. */
  readonly master: Buffer
  /** Keys that were the master before (主密钥轮换): what is still sealed with them is read, nothing is sealed with them. */
  readonly formerMasters: readonly Buffer[]
  /** Number of this gateway among its peers, 0–32767. */
  readonly shard: number
  /** Where signed tree heads are written for an outside holder to fetch. */
  readonly headsFolder: string
  /** Short messages to people's phones; null: none are sent. */
  readonly sms: SmsGateway | null
  /** Tiles for the maps: a PMTiles file or a WMTS/XYZ address; null: no tiles at all. */
  readonly tiles: {
    readonly kind: 'pmtiles' | 'xyz' | 'wmts'
    readonly at: string
    readonly datum: 'WGS84' | 'GCJ02'
  } | null
}

/** The county's gateway of short messages (短信网关), as `server/notices/gateway.ts` speaks to it. */
export interface SmsGateway {
  readonly url: string
  /** Sent as a bearer token; null: the gateway asks for none. */
  readonly secret: string | null
  /** JSON with `{phone}`, `{text}` and `{id}` inside string values. */
  readonly body: string
}

export class ConfigFault extends Error {}

const demoMaster = 'zhijiao demo master key: never use this outside a demonstration!'

/**
 * Reads the configuration from the environment. Everything has a safe default but the master key of a production start,
 * which comes from `ZJ_MASTER_KEY` (hex or base64, 32 bytes) or `ZJ_MASTER_KEY_FILE`.
 * @throws ConfigFault naming the variable and what it should hold
 */
export function readConfig(env: NodeJS.ProcessEnv, mode: Config['mode']): Config {
  const number = (name: string, fallback: number): number => {
    const text = env[name]
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (!Number.isInteger(value))
      throw new ConfigFault(`${name} 应为整数，不能是“${text}” / ${name} must be a whole number, not "${text}"`)
    return value
  }
  const folder = resolve(env.ZJ_DATA ?? '.data')
  const cert = env.ZJ_TLS_CERT
  const key = env.ZJ_TLS_KEY
  if (Boolean(cert) !== Boolean(key))
    throw new ConfigFault(
      'ZJ_TLS_CERT 和 ZJ_TLS_KEY 须同时设置或都不设置 / ZJ_TLS_CERT and ZJ_TLS_KEY go together: name both files or neither',
    )
  const chosen = env.ZJ_PARTS ? env.ZJ_PARTS.split(',').map((p) => p.trim()) : [...parts]
  for (const part of chosen)
    if (!parts.includes(part as Part))
      throw new ConfigFault(
        `ZJ_PARTS 中的“${part}”无效，可用 ${parts.join('、')} / ZJ_PARTS names "${part}"; it may name ${parts.join(', ')}`,
      )
  return {
    mode,
    parts: chosen as Part[],
    folder,
    databaseUrl: env.DATABASE_URL || null,
    databasePort: number('ZJ_DATABASE_PORT', 0),
    http: {
      host: env.ZJ_HOST ?? '127.0.0.1',
      port: number('ZJ_PORT', 8600),
      trustProxy: proxiesOf(env),
      secureCookie: Boolean(cert) || env.ZJ_SECURE_COOKIE === '1',
      requestsPerMinute: number('ZJ_REQUESTS_PER_MINUTE', mode === 'test' ? 100_000 : 1200),
    },
    devices: {
      host: env.ZJ_DEVICE_HOST ?? env.ZJ_HOST ?? '127.0.0.1',
      jt808: number('ZJ_JT808_PORT', 8808),
      gt06: number('ZJ_GT06_PORT', 8806),
      watch: number('ZJ_WATCH_PORT', 8807),
      http: number('ZJ_DEVICE_HTTP_PORT', 8805),
    },
    health: { host: env.ZJ_HEALTH_HOST ?? '127.0.0.1', port: number('ZJ_HEALTH_PORT', -1) },
    metricsToken: metricsToken(env),
    tls: cert && key ? { cert, key } : null,
    ...masterKeys(env, mode),
    shard: number('ZJ_SHARD', 0),
    headsFolder: resolve(env.ZJ_HEADS ?? join(folder, 'tree-heads')),
    sms: smsOf(env),
    tiles: tilesOf(env),
  }
}

/**
 * The proxies by name. "Whoever asks is a proxy" is no choice: a proxy adds the caller's address to what the caller sent,
 * so every caller would choose the address that limits, guards and audit know him by.
 */
function proxiesOf(env: NodeJS.ProcessEnv): readonly string[] {
  const text = env.ZJ_TRUST_PROXY?.trim() ?? ''
  if (text === '' || text === '0') return []
  const named = text.split(',').map((one) => one.trim())
  for (const one of named)
    if (!isNetwork(one))
      throw new ConfigFault(
        `ZJ_TRUST_PROXY 应写反向代理自身的地址或网段，用逗号分隔，例如 10.0.0.2,10.1.0.0/16（同机代理写 127.0.0.1,::1），不能是“${one}”：信任任何来源，等于让访问者自己填写地址 / ZJ_TRUST_PROXY lists the addresses or networks of your reverse proxies, for example 10.0.0.2,10.1.0.0/16 (127.0.0.1,::1 for one on this machine), not "${one}": trusting everybody lets every caller choose his own address`,
      )
  return named
}

/** An address, or a network that is not the whole world. */
function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more !== undefined) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128)
}

/** A secret from `NAME_FILE` or, without that, from `NAME` itself. */
function secretOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const file = env[`${name}_FILE`]
  if (file && !existsSync(file))
    throw new ConfigFault(`${name}_FILE 所指的 ${file} 不存在 / ${name}_FILE names ${file}, which is not there`)
  return file ? readFileSync(file, 'utf8').trim() : env[name]
}

const usualSms = '{"phone":"{phone}","content":"{text}","id":"{id}"}'

function smsOf(env: NodeJS.ProcessEnv): SmsGateway | null {
  const url = env.ZJ_SMS_URL
  if (!url) return null
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new ConfigFault(
      'ZJ_SMS_URL 应为短信网关的 http(s) 地址 / ZJ_SMS_URL is the http(s) address of your gateway of short messages',
    )
  const body = env.ZJ_SMS_BODY || usualSms
  if (!isJson(body) || !body.includes('{phone}') || !body.includes('{text}'))
    throw new ConfigFault(
      `ZJ_SMS_BODY 应为 JSON，并在字符串中写明 {phone} 和 {text}，例如 ${usualSms} / ZJ_SMS_BODY is JSON with {phone} and {text} inside strings, for example ${usualSms}`,
    )
  return { url, secret: secretOf(env, 'ZJ_SMS_SECRET') || null, body }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function metricsToken(env: NodeJS.ProcessEnv): string | null {
  const text = secretOf(env, 'ZJ_METRICS_TOKEN')
  if (!text) return null
  if (!/^[\x21-\x7e]{24,}$/.test(text))
    throw new ConfigFault(
      'ZJ_METRICS_TOKEN 须至少 24 个字符，不含空格（openssl rand -hex 24） / ZJ_METRICS_TOKEN must have at least 24 characters and no blanks (openssl rand -hex 24)',
    )
  return text
}

function masterKeys(env: NodeJS.ProcessEnv, mode: Config['mode']): Pick<Config, 'master' | 'formerMasters'> {
  const master = masterKey(env, mode)
  const formerMasters = (secretOf(env, 'ZJ_MASTER_KEY_FORMER') ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((text) => keyIn(text, mode))
  const all = [master, ...formerMasters].map((key) => key.toString('hex'))
  if (new Set(all).size < all.length)
    throw new ConfigFault(
      'ZJ_MASTER_KEY_FORMER 应写以前的主密钥，不能重复，也不能与 ZJ_MASTER_KEY 相同 / ZJ_MASTER_KEY_FORMER names the keys of before, each once, and not the one in ZJ_MASTER_KEY',
    )
  return { master, formerMasters }
}

const demoKey = () => Buffer.from(demoMaster, 'utf8').subarray(0, 32)

function masterKey(env: NodeJS.ProcessEnv, mode: Config['mode']): Buffer {
  const text = secretOf(env, 'ZJ_MASTER_KEY')
  if (text) return keyIn(text, mode)
  if (mode === 'production')
    throw new ConfigFault(
      '正式启动需要主密钥：请将 ZJ_MASTER_KEY 或 ZJ_MASTER_KEY_FILE 设为 32 字节随机数（openssl rand -hex 32） / a production start needs a master key: set ZJ_MASTER_KEY or ZJ_MASTER_KEY_FILE to 32 random bytes (openssl rand -hex 32)',
    )
  return demoKey()
}

/** A key as it is written in the environment or a file, the present one and those of before alike. */
function keyIn(text: string, mode: Config['mode']): Buffer {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (bytes.length !== 32)
    throw new ConfigFault(
      '主密钥须为 32 字节，以十六进制或 base64 书写（openssl rand -hex 32） / the master key must be 32 bytes in hex or base64 (openssl rand -hex 32)',
    )
  if (mode === 'production' && (bytes.equals(demoKey()) || new Set(bytes).size < 12))
    throw new ConfigFault(
      '主密钥是演示用的或并非随机，请另行生成（openssl rand -hex 32） / the master key is the demonstration one or not random; make another (openssl rand -hex 32)',
    )
  return bytes
}

function tilesOf(env: NodeJS.ProcessEnv): Config['tiles'] {
  const at = env.ZJ_TILES
  if (!at) return null
  const datum = env.ZJ_TILES_DATUM === 'GCJ02' ? 'GCJ02' : 'WGS84'
  if (at.endsWith('.pmtiles')) return { kind: 'pmtiles', at, datum }
  return { kind: /wmts|TileMatrix/i.test(at) ? 'wmts' : 'xyz', at, datum }
}
