import type { WrittenValue } from '@zhijiao/contract/procedures/written'

type Pool = readonly [string, ...string[]]

/**
 * What stands in the blanks of papers that no form of their business fills, by `template.blank` or by blank: invented, in
 * the tone of such papers. A list is several lines. `{person}`, `{officer}`, `{head}`, `{county}`, `{court}`, `{office}`
 * and `{day}` stand for what the paper is about.
 */
export const paperSayings: Readonly<Record<string, Pool>> = {
  调查人: ['{officer}'],
  审核人: ['{head}'],
  告知机关: ['{court}'],
  报到地址: ['{county}社区矫正中心（合成）'],
  报到期限: ['{day}'],
  逾期后果: ['无正当理由逾期报到的，依法给予训诫、警告；情节严重的，依法提请撤销缓刑、假释或者收监执行。'],
  填表人: ['{officer}'],
  婚姻: ['已婚', '未婚', '离异'],
  就业就学: ['在职', '务农', '待业'],
  禁止令: ['无'],
  应报到日: ['{day}'],
  '报到情况(01/02/03)': ['01 在规定时限内报到'],
  缺失项: ['执行通知书', '执行通知书\n社区矫正告知书（本人签收页）'],
  份数: ['各一份'],
  期限5日: ['收到本通知之日起五日内'],
  应遵守规定: ['遵守法律法规和报告、会客、外出、迁居等监督管理规定，服从管理，参加教育学习和公益活动。'],
  被限制的权利: ['未经批准不得离开所居住的市、县，不得变更执行地；不准出境。'],
  禁止事项: ['未经批准不得接触被害人、控告人、举报人、同案犯等可能诱发再犯罪的人。'],
  违规后果: ['视情节给予训诫、警告、提请治安管理处罚，或者依法提请撤销缓刑、假释、收监执行。'],
  享有权利: ['人身权利、合法财产权利和辩护、申诉、控告、检举等权利不受侵犯。'],
  对象姓名: ['{person}'],
  机构职责: ['组织矫正小组开展工作，告知成员基本情况和矫正要求，给予必要的指导和支持。'],
  成员职责: ['督促按规定报告、外出；发现违法违规或者异常情况及时报告；协助教育帮扶。'],
  成员姓名: ['黄某（合成）', '覃某（合成）'],
  成员身份: ['村（居）民委员会工作人员', '家庭成员'],
  制定人: ['{officer}'],
  市县名称: ['邻县及相邻城区（合成）'],
  有效期6个月: ['自批准之日起六个月'],
  收文机构: ['邻县社区矫正管理局（合成）'],
  原执行地机构: ['邻县社区矫正管理局（合成）'],
  新执行地机构: ['邻县社区矫正管理局（合成）'],
  来函文号: ['（合成）矫迁函字第6号'],
  是否同意接收: ['同意接收'],
  报到期限7日: ['自收到变更决定之日起七日内'],
  进入起止时间: ['{day}14时至17时'],
  审批结果: ['批准'],
  理由: ['经核实，事由属实，符合规定。'],
  要求: ['保持手机畅通，接受监督管理\n期满前返回并办理销假\n不能按期返回的立即报告'],
  '起止日(≤3个月)': ['自{day}起，期限三个月'],
  申请类型: ['使用'],
  批准人: ['{head}'],
  填发人: ['{officer}'],
  'D17.依据': ['接受社区矫正六个月以上并具备规定的表现'],
  'D17.决定': ['给予表扬一次'],
  'D18.决定': ['给予训诫一次'],
  'D19.决定': ['给予警告一次'],
  '依据(34条项)': ['第（二）项：违反关于报告、会客、外出、迁居等规定，情节轻微的'],
  '依据(35条项)': ['第（一）项：违反人民法院禁止令，情节轻微的'],
  异议权: ['收到本决定书之日起向本机构提出'],
  查找经过: ['先后电话联系本人及家属九次，到住所和工作单位查访三次，均未找到。'],
  脱管起算日: ['{day}'],
  鉴定意见: ['矫正期间遵守规定，认真接受教育，完成各项矫正任务，表现较好。'],
  类别宣告语: ['缓刑考验期限届满，原判刑罚不再执行'],
  解除事由: ['矫正期限届满'],
  人员: ['谈话人：{officer}；记录人：{head}'],
  谈话类别: ['个别谈话'],
  采集信息: ['核查时的位置、时间、人脸比对结果和通话记录。'],
  保存与使用: ['仅用于社区矫正工作，严格保密，按规定期限保存，期满清除。'],
  答复期限: ['收到本函之日起15日内'],
  联系人及电话: ['{officer} 0772-0000000'],
  公安机关: ['{county}公安局（合成）'],
  收文机关: ['{court}'],
  委托机关: ['{court}'],
  安置帮教部门: ['{office}安置帮教工作站（合成）'],
}

/** Rows of tables that a form does not hold. */
export const paperRows: Readonly<Record<string, WrittenValue>> = {
  矫正小组成员: [
    { 姓名: '黄某（合成）', 身份: '村（居）民委员会工作人员', 联系电话: '' },
    { 姓名: '覃某（合成）', 身份: '家庭成员', 联系电话: '' },
  ],
}

/** Who gets a paper: the person, the organ that decided, the police, the agency of another county, a neighbour office. */
export type Addressee = 'person' | 'court' | 'police' | 'agency' | 'station'
export const addressees: Readonly<Record<string, Addressee>> = {
  D02: 'court',
  D03: 'person',
  D05: 'court',
  D06: 'court',
  D07: 'person',
  D12b: 'agency',
  D12c: 'agency',
  D12d: 'person',
  D15: 'person',
  D16b: 'person',
  D17: 'person',
  D18: 'person',
  D19: 'person',
  D20: 'police',
  D21: 'court',
  D22: 'court',
  D23: 'court',
  D24: 'court',
  D25: 'court',
  D26: 'police',
  D28: 'person',
  D29: 'person',
  D30: 'court',
  D31: 'court',
  D32: 'station',
  D36: 'person',
  D37: 'station',
}

/** Who signs a paper by hand, the first of them whom it is about. */
export const signers: Readonly<Record<string, readonly string[]>> = {
  D03: ['被告知人'],
  D07: ['社区矫正对象', '宣告人'],
  D10: ['申请人'],
  D11: ['申请人'],
  D12a: ['申请人'],
  D12d: ['被送达人'],
  D15: ['被告知人'],
  D16b: ['被告知人', '告知人'],
  D18: ['被送达人'],
  D19: ['被送达人'],
  D28: ['社区矫正对象', '宣告人'],
  D29: ['领取人'],
  D34a: ['被谈话人', '谈话人'],
  D35: ['社区矫正对象', '见证工作人员'],
  D36: ['社区矫正对象', '告知人'],
}

/** Why a paper was voided. */
export const voidReasons: Pool = [
  '引用条款有误，另行制发（合成）。',
  '姓名有误字，另行制发（合成）。',
  '日期填写有误，另行制发（合成）。',
]
