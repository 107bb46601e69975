import type { RuleId } from '@zhijiao/law/rule'
import {
  approvalHead,
  attached,
  copied,
  day,
  fields,
  form,
  header,
  letter,
  letterhead,
  line,
  listed,
  note,
  objection,
  opinionBlanks,
  opinions,
  p,
  received,
  type ShippedBody,
  sealed,
  sentTo,
  stubBlanks,
  stubOf,
  text,
  toProcuratorate,
  typed,
} from './kit.ts'

const court = typed('收文机关', '示例市示例区人民法院', true)
const evidence = [
  '社区矫正宣告书及本人签收件',
  '查找记录、通话记录及信息化核查记录',
  '谈话笔录',
  '训诫、警告决定书及送达回证',
]

/** A decision that burdens: what was done, the item of the law it falls under, what is decided, how it is objected to. */
const sanction = (
  name: string,
  {
    series,
    done,
    item: [item, sampleItem],
    decided,
    rule,
    warns,
  }: {
    readonly series: string
    readonly done: string
    /** Blank and sample of the item. */
    readonly item: readonly [blank: string, sample: string]
    readonly decided: string
    readonly rule: RuleId
    readonly warns?: string
  },
): ShippedBody =>
  letter({
    series,
    seal: 'agency',
    blanks: [
      text('违规事实', done, true),
      line(item, sampleItem, true),
      text('决定', decided, true),
      line('异议权', '收到本决定书之日起向本机构提出'),
      line('签收', ''),
      ...stubBlanks,
    ],
    stub: stubOf(name, `{{决定}}（{{${item}}}）`),
    blocks: [
      ...letterhead(name),
      header(),
      p('经查，社区矫正对象{{姓名}}有下列违反规定的行为：{{违规事实}}'),
      p(`上述事实有相关记录和本人陈述等证据证实。依照{{law.${rule}}}的规定（{{${item}}}），决定：{{决定}}。`),
      ...(warns ? [p(warns)] : []),
      p(`${objection}异议提出方式：{{异议权}}。`),
      received,
      sealed(),
      toProcuratorate,
    ],
  })

/** Rewards, sanctions, proposals to the court, search: D17–D26. */
export const conduct: Readonly<Record<string, ShippedBody>> = {
  D17: letter({
    series: '矫表决',
    seal: 'agency',
    blanks: [
      text(
        '事实',
        '自接受社区矫正以来服从管理，按时报告，积极参加教育学习和公益活动，2026年9月洪涝灾害中主动参加抢险。',
        true,
      ),
      line('依据', '接受社区矫正六个月以上并具备规定的表现', true),
      text('决定', '给予表扬一次', true),
      ...stubBlanks,
    ],
    stub: stubOf('社区矫正表扬决定书', '{{决定}}'),
    blocks: [
      ...letterhead('社区矫正表扬决定书'),
      header(),
      p('经查，社区矫正对象{{姓名}}有下列表现：{{事实}}'),
      p('上述表现符合{{law.AWD-01}}规定的条件（{{依据}}），决定：{{决定}}。'),
      sealed(),
      toProcuratorate,
    ],
  }),
  D17a: form({
    series: '矫表审',
    seal: 'agency',
    blanks: [
      text('事实', '自接受社区矫正以来服从管理，按时报告，积极参加教育学习和公益活动。', true),
      line('依据', '接受社区矫正六个月以上并具备规定的表现', true),
      text('决定', '建议给予表扬一次', true),
      ...opinionBlanks('同意呈报。'),
    ],
    blocks: [
      ...approvalHead('社区矫正表扬审批表'),
      fields(['事实↔', '{{事实}}'], ['依据↔', '{{依据}}（{{law.AWD-01}}）'], ['拟作决定↔', '{{决定}}']),
      ...opinions,
      note(
        '表扬决定抄送执行地人民检察院，书面通知本人，定期公示并记入档案（{{law.PEN-09}}）。未成年人的考核奖惩不公开（{{law.MIN-05}}）；犯罪记录封存的，不得公示（{{law.MIN-04}}）。',
      ),
    ],
  }),
  D18: sanction('社区矫正训诫决定书', {
    series: '矫训决',
    done: '2026年11月9日至11日未按规定报告，经电话联系未接听，11月12日方说明去向，无正当理由。',
    item: ['依据(34条项)', '第三十四条第（二）项：违反关于报告、会客、外出、迁居等规定，情节轻微的'],
    decided: '给予训诫一次',
    rule: 'PEN-01',
  }),
  D19: sanction('社区矫正警告决定书', {
    series: '矫警决',
    done: '2026年10月20日至11月3日未经批准离开所居住的县，脱离监管十四日，经查找于11月3日返回。',
    item: ['依据(35条项)', '第三十五条第（二）项：不按规定时间报到或者接受社区矫正期间脱离监管，超过十日的'],
    decided: '给予警告一次',
    rule: 'PEN-02',
    warns: '受到两次警告仍不改正的，将依法提请撤销缓刑、撤销假释或者收监执行。',
  }),
  D20: sentTo('{{公安机关}}', '治安管理处罚建议书', {
    series: '矫罚建',
    blanks: [
      typed('公安机关', '示例一县公安局', true),
      text('违规事实', '2026年11月15日违反禁止令进入网吧等场所并拒不服从管理，经教育后再次进入。', true),
      listed('证据目录', ['禁止令文书', '监控截图三张', '证人证言', '谈话笔录'], true),
      line(
        '依据',
        '违反监督管理规定或者人民法院禁止令，依法应予治安管理处罚（《中华人民共和国社区矫正法实施办法》第三十六条）',
        true,
      ),
    ],
    blocks: [
      header(),
      p('社区矫正对象{{姓名}}有下列违反监督管理规定的行为：{{违规事实}}'),
      p(
        '上述行为属于{{依据}}的情形。依照{{law.PEN-08}}的规定，建议你单位依法给予治安管理处罚，并将处理结果函告我单位。',
      ),
      attached('证据目录'),
      sealed(),
      toProcuratorate,
    ],
  }),
  D21: sentTo('{{收文机关}}', '撤销缓刑建议书', {
    series: '矫撤缓建',
    blanks: [
      court,
      text('减刑情况', '无'),
      line('考验期起止', '2026年1月1日至2027年12月31日', true),
      line('提请原因', '受到两次警告，仍不改正', true),
      text(
        '具体事实',
        '2026年6月3日、9月10日先后受到警告；2026年11月1日至3日再次未经批准离开所居住的县，经教育仍不改正。',
        true,
      ),
      line(
        '法律条款',
        '《中华人民共和国刑法》第七十七条第二款、《中华人民共和国社区矫正法实施办法》第四十六条第（四）项',
        true,
      ),
      listed('证据目录', evidence, true),
    ],
    blocks: [
      header(),
      fields(['考验期起止', '{{考验期起止}}'], ['减刑情况', '{{减刑情况}}']),
      p('社区矫正对象{{姓名}}在缓刑考验期限内，{{提请原因}}。具体事实如下：{{具体事实}}'),
      p(
        '我单位认为，其行为已符合撤销缓刑的条件。依照{{法律条款}}、{{law.REV-01}}的规定，建议撤销对罪犯{{姓名}}的缓刑，执行原判刑罚。请依法裁定，并在规定期限内将裁定书送达我单位和{{unit.county}}人民检察院。',
      ),
      attached('证据目录'),
      sealed(),
      copied('{{unit.county}}人民检察院（裁定撤销的，并抄送公安机关）'),
    ],
  }),
  D22: sentTo('{{收文机关}}', '撤销假释建议书', {
    series: '矫撤假建',
    blanks: [
      court,
      line('假释裁定', '（2026）示中刑执字第88号', true),
      line('考验期', '2026年1月1日至2027年12月31日', true),
      line('原因', '无正当理由脱离监管超过一个月', true),
      text('事实', '2026年9月10日起失去联系，经多方查找至2026年10月20日仍下落不明，至今已逾一个月。', true),
      line(
        '条款',
        '《中华人民共和国刑法》第八十六条第三款、《中华人民共和国社区矫正法实施办法》第四十七条第（一）项',
        true,
      ),
      listed('证据', evidence, true),
    ],
    blocks: [
      header(),
      fields(['假释裁定', '{{假释裁定}}'], ['考验期', '{{考验期}}']),
      p('社区矫正对象{{姓名}}在假释考验期限内，{{原因}}。具体事实如下：{{事实}}'),
      p(
        '我单位认为，其行为已符合撤销假释的条件。依照{{条款}}、{{law.REV-01}}的规定，建议撤销对罪犯{{姓名}}的假释，收监执行未执行完毕的刑罚。',
      ),
      attached('证据'),
      sealed(),
      toProcuratorate,
    ],
  }),
  D23: sentTo('{{决定机关}}', '收监执行建议书', {
    series: '矫收建',
    blanks: [
      line('暂予监外决定', '（2026）示监暂决字第6号', true),
      line('原因(八项)', '暂予监外执行的情形消失，刑期未满', true),
      text('事实', '其哺乳期已于2026年10月31日届满，子女已年满一周岁并由其母亲抚养。', true),
      line(
        '条款',
        '《中华人民共和国刑事诉讼法》第二百六十八条、《中华人民共和国社区矫正法实施办法》第四十九条第（六）项',
        true,
      ),
      listed('证据', ['子女出生医学证明', '病情（身体）检查报告', '抚养情况调查笔录'], true),
    ],
    blocks: [
      header(),
      fields(['暂予监外执行决定', '{{暂予监外决定}}'], ['原因', '{{原因(八项)}}']),
      p('社区矫正对象{{姓名}}在暂予监外执行期间，{{原因(八项)}}。具体事实如下：{{事实}}'),
      p('依照{{条款}}、{{law.REV-05}}的规定，建议对其收监执行。请依法作出决定并函告我单位。'),
      attached('证据'),
      sealed(),
      toProcuratorate,
    ],
  }),
  D24: sentTo('{{收文机关}}', '提请逮捕书', {
    series: '矫逮请',
    blanks: [
      court,
      line('情形(四项)', '可能逃跑的', true),
      text(
        '事实',
        '我单位已对其提请撤销缓刑。其于2026年11月18日将随身财物变卖并购买出省车票，有逃跑的现实可能。',
        true,
      ),
      listed('证据', ['撤销缓刑建议书副本', '购票记录', '证人证言'], true),
    ],
    blocks: [
      header(),
      p('被提请撤销缓刑（假释）的社区矫正对象{{姓名}}，具有{{law.REV-07}}规定的情形（{{情形(四项)}}）：{{事实}}'),
      p('依照{{law.REV-02}}的规定，提请你院在作出撤销裁定前决定予以逮捕。'),
      attached('证据'),
      sealed(),
      toProcuratorate,
    ],
  }),
  D25: sentTo('{{收文机关}}', '减刑建议书', {
    series: '矫减建',
    blanks: [
      typed('收文机关', '示例市中级人民法院', true),
      text('悔改或立功事实', '2026年9月抗洪抢险中连续营救群众七人，被县人民政府记功并认定为重大立功表现。', true),
      listed('证据', ['县人民政府表彰决定', '被救群众证言', '历次考核材料'], true),
    ],
    blocks: [
      header(),
      p('社区矫正对象{{姓名}}在社区矫正期间，{{悔改或立功事实}}'),
      p('依照{{law.COM-01}}、{{law.COM-02}}的规定，提请对其依法减刑。宣告缓刑的罪犯，并适用{{law.COM-03}}的规定。'),
      attached('证据'),
      sealed(),
      copied('人民检察院、公安机关及原服刑监狱'),
    ],
  }),
  D26: sentTo('{{公安机关}}', '协助查找社区矫正对象函', {
    series: '矫查函',
    blanks: [
      typed('公安机关', '示例一县公安局', true),
      line('失联时间', '2026年11月9日8时许', true),
      text(
        '查找经过',
        '11月9日至11日，先后拨打本人及家属电话十二次，到其居住地、工作单位实地查访三次，通过信息化核查最后位置为示例汽车站，均未找到。',
        true,
      ),
      listed('证据', ['通话记录', '信息化核查记录', '实地查访笔录及照片'], true),
      day('脱管起算日', '2026-11-09'),
    ],
    blocks: [
      header(),
      p(
        '社区矫正对象{{姓名}}自{{失联时间}}起失去联系。我单位依照{{law.MIS-01}}的规定立即组织查找，经过如下：{{查找经过}}',
      ),
      p('至今仍未找到。依照{{law.MIS-02}}的规定，请你单位协助查找；查获的，请及时通知我单位依法处理。'),
      attached('证据'),
      sealed(),
      copied('{{unit.county}}人民检察院、{{决定机关}}'),
    ],
  }),
}
