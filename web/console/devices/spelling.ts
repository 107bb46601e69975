import { instant } from '../../ui/format.ts'
import { dictionary, useWords } from '../../ui/language.ts'

/** What a device or its register says of itself, in words; a name that is not here is shown as the device gave it. */
const spellWords = dictionary({
  sos: ['一键求助', 'Help key pressed'],
  strapOpen: ['表带打开', 'Strap opened'],
  strapClosed: ['表带扣合', 'Strap closed'],
  caseOpen: ['外壳打开', 'Housing opened'],
  lowBattery: ['电量低', 'Low battery'],
  powerOff: ['关机', 'Switched off'],
  powerOn: ['开机', 'Switched on'],
  powerLost: ['断电', 'Power lost'],
  gnssFault: ['卫星定位故障', 'Satellite receiver fault'],
  fall: ['跌倒', 'Fall'],
  fenceIn: ['终端自报进入围栏', 'Device says it entered a fence'],
  fenceOut: ['终端自报离开围栏', 'Device says it left a fence'],
  illegalMove: ['终端自报异常移动', 'Device says it was moved'],
  simRemoved: ['取出 SIM 卡', 'SIM removed'],
  rebooted: ['重新启动', 'Rebooted'],
  locationOff: ['关闭定位', 'Location switched off'],
  locationOn: ['打开定位', 'Location switched on'],
  selfCheck: ['自检', 'Self-check'],
  inspected: ['人工检查', 'Inspected by hand'],
  // names of what is said
  text: ['内容', 'text'],
  blind: ['补传', 'sent later'],
  doubted: ['来源未认证，只作证据', 'not authenticated: evidence only'],
  late: ['晚于更新的报告到达，只作历史', 'arrived after a newer report: history only'],
  clockWrong: ['终端时间不可信，按收到时间记', 'the device’s time cannot be believed: time of receipt'],
  atRegistration: ['注册时发给', 'handed at registration'],
  maker: ['厂家', 'maker'],
  model: ['型号', 'model'],
  terminal: ['终端编号', 'terminal'],
  province: ['省代码', 'province'],
  county: ['县代码', 'county'],
  protocol: ['协议', 'protocol'],
  identity: ['终端号', 'identity'],
  secret: ['密钥', 'secret'],
  kind: ['种类', 'kind'],
  state: ['去向', 'state'],
  from: ['原', 'from'],
  to: ['现', 'to'],
  water: ['防水', 'water'],
  housing: ['外壳', 'housing'],
  strap: ['表带', 'strap'],
  battery: ['电池', 'battery'],
  hardware: ['硬件', 'hardware'],
  firmware: ['固件', 'firmware'],
  iccid: ['SIM 卡序号', 'ICCID'],
  gnss: ['定位系统', 'positioning'],
  communication: ['通信方式', 'communication'],
  sim: ['SIM 卡号', 'SIM'],
  crs: ['坐标系', 'coordinates'],
  selfCheckAt: ['自检时间', 'self-check at'],
  regime: ['方式', 'regime'],
  note: ['备注', 'note'],
  // parameters of JT/T 808
  '0x0001': ['心跳间隔（秒）', 'heartbeat (s)'],
  '0x0002': ['TCP 应答超时（秒）', 'TCP timeout (s)'],
  '0x0003': ['TCP 重传次数', 'TCP retries'],
  '0x0013': ['主服务器', 'server'],
  '0x0017': ['备用服务器', 'other server'],
  '0x0018': ['服务器 TCP 端口', 'server TCP port'],
  '0x0020': ['汇报策略', 'reporting strategy'],
  '0x0027': ['休眠汇报间隔（秒）', 'interval asleep (s)'],
  '0x0028': ['紧急汇报间隔（秒）', 'interval in an emergency (s)'],
  '0x0029': ['缺省汇报间隔（秒）', 'interval (s)'],
  '0x002c': ['缺省汇报距离（米）', 'distance (m)'],
  '0x0031': ['非法移动半径（米）', 'radius of illegal movement (m)'],
  '0x0050': ['报警屏蔽字', 'alarm mask'],
  // what is said
  yes: ['是', 'yes'],
  no: ['否', 'no'],
  phone: ['手机', 'phone'],
  wristband: ['腕带', 'wristband'],
  simulator: ['模拟器', 'simulator'],
  stock: ['在库', 'in stock'],
  issued: ['已发放', 'issued'],
  repair: ['维修', 'in repair'],
  retired: ['报废', 'out of use'],
  lost: ['遗失', 'lost'],
  sound: ['正常', 'sound'],
  damaged: ['受损', 'damaged'],
  open: ['打开', 'open'],
  worn: ['磨损', 'worn'],
  cut: ['剪断', 'cut'],
  weak: ['偏弱', 'weak'],
  dead: ['失效', 'dead'],
})
type Word = keyof typeof spellWords
const isWord = (text: string): text is Word => Object.hasOwn(spellWords, text)
const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)

/** Spells a word of a device, and its details on one line; ids mean nothing to a reader and are left out. */
export function useSpelling(): {
  word: (text: string) => string
  line: (detail: Readonly<Record<string, unknown>>) => string
} {
  const t = useWords(spellWords)
  const word = (text: string) => (isWord(text) ? t(text) : text)
  const value = (v: unknown) => {
    if (typeof v === 'boolean') return t(v ? 'yes' : 'no')
    if (typeof v === 'string') return isInstant(v) ? instant(v) : word(v)
    return typeof v === 'object' ? JSON.stringify(v) : String(v)
  }
  return {
    word,
    line: (detail) =>
      Object.entries(detail)
        .filter(
          ([name, v]) =>
            v !== null &&
            v !== undefined &&
            v !== '' &&
            name !== 'reason' &&
            !(name === 'blind' && v === false) &&
            !(typeof v === 'string' && isId(v)),
        )
        .map(([name, v]) => `${word(name)} ${value(v)}`)
        .join(' · ') || '—',
  }
}
