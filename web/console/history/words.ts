import { dictionary } from '../../ui/language.ts'

export const historyWords = dictionary({
  title: ['历史数据导入', 'History import'],
  note: [
    '从旧系统迁到本平台：把过去的档案、定位、事项、外出和文书按顺序带进来。',
    'Moving here from another system: bring in files, positioning, matters, leaves and papers of the past, in this order.',
  ],
  factMarked: [
    '导入的每一条都标注“导入”：发生时间按旧系统，记录时间是导入的时刻。本平台没有见证过它，页面、文书和证据包上都会写明。',
    'Everything that comes in is marked “imported”: it happened when the old system says, it is recorded at the time of the import. This platform did not witness it, and says so on screens, papers and in evidence.',
  ],
  factOrder: [
    '请按 1 到 5 的顺序导入：后面的要用到前面的档案编号。',
    'Import in the order 1 to 5: what comes later refers to the numbers of the files.',
  ],
  factAgain: [
    '同一文件可以再次导入：已有的保持不动，只算作“已存在”。中断后重新导入原文件即可。',
    'A file may be imported again: what is there is left alone and counted as “already there”. After an interruption import the same file again.',
  ],
  factSheet: ['只有 Excel 名册、没有历史记录的，用', 'If you have a register in Excel and no history, use'],
  factSheetLink: ['导入档案', 'Import files'],
  kinds: ['历史数据的种类', 'Kinds of old files'],
  // kinds
  people: ['档案、时间线与报警', 'Files, timeline, alarms'],
  tracks: ['定位启用与轨迹', 'Terms and tracks'],
  matters: ['办理事项', 'Matters'],
  leaves: ['外出请假', 'Leaves'],
  documents: ['法律文书', 'Legal documents'],
  peopleFor: [
    '把旧系统里的矫正对象带进来：基本信息、家庭工作等档案内容、走访谈话等时间线事件，以及过去的报警和处置结果。解除、终止的也可以导入。',
    'The supervised persons of the old system: the header, the groups of the file, visits and talks of the timeline, and past alarms with how they were handled. Those whose correction has ended may come in too.',
  ],
  tracksFor: [
    '把过去的定位启用（谁、用什么设备、依据哪一条、从何时到何时）和轨迹带进来。仍在期限内的定位启用会继续运行，设备登记到本人名下。',
    'Past terms of positioning (who, with what, on which basis, from when until when) and their tracks. A term that has not ended goes on running, and its device is issued to the person.',
  ],
  mattersFor: [
    '把过去的业务带进来：训诫、警告、谈话、会客审批等，连同每个环节是谁在何时办的。尚未办结的会进入待办，期限照常计算。',
    'Past business: admonitions, warnings, talks, permits, with who did each step and when. What is still under way goes to the task lists and its clock runs.',
  ],
  leavesFor: [
    '把过去批准和不予批准的外出带进来：去哪里、几日、谁在何时审批、何日销假。之后再请假时，这些天数一并计算审批权限；仍在外的照常提醒销假。尚未审批的请在平台重新申请。',
    'Leaves of the past, approved and refused: where to, which days, who decided when, and the return. They count when later leaves are weighed; one that still runs is watched as any other. What still waits for a decision is asked for anew.',
  ],
  documentsFor: [
    '把过去制发的文书带进来：文号、日期、签名和送达按原样保留，不会重新印制。之后新制发的文号接着最大的旧号编排。',
    'Papers issued in the past: number, days, signatures and service stay as they were; none is printed again. New numbers go on after the highest that came in.',
  ],
  // preparing
  prepare: ['准备文件', 'Prepare the file'],
  example: ['下载样例', 'Download the example'],
  fields: ['下载字段说明', 'Download the list of fields'],
  format: ['查看格式说明', 'How the file is written'],
  prepareHint: [
    '样例可以直接导入试看；“字段说明”列出每一项的含义和取值，交给旧系统厂商照此导出。',
    'The example can be imported as it is. The list of fields says what each means and may hold: give it to whoever exports from the old system.',
  ],
  // sending
  send: ['导入', 'Import'],
  source: ['来源', 'Source'],
  sourceHint: [
    '旧系统或案卷的名称，会记在每一条上，例：示例县矫正系统 V2',
    'Name of the old system or volume; it stands on everything that comes in, e.g. County system V2',
  ],
  sourceMissing: ['请填写来源', 'Say where it comes from'],
  file: ['文件', 'File'],
  fileChoose: ['选择文件', 'Choose a file'],
  fileOther: ['换一个文件', 'Choose another'],
  fileHint: [
    '每行一个 JSON 的文本（.jsonl），可用 gzip 压缩（.gz）',
    'Text with one JSON a line (.jsonl), gzipped if you like (.gz)',
  ],
  fileHintTracks: [
    '每行一个 JSON 的文本（.jsonl），可用 gzip 压缩（.gz）；压缩后不超过 20 MB',
    'Text with one JSON a line (.jsonl), gzipped if you like (.gz); at most 20 MB compressed',
  ],
  fileMissing: ['请先选择文件', 'Choose a file first'],
  try: ['试导入', 'Try'],
  tryHint: [
    '试导入把整个文件核对一遍，什么也不写入。建议先试导入，改好有问题的行再正式导入。',
    'A trial judges the whole file and writes nothing. Try first, mend the lines it names, then import.',
  ],
  real: ['正式导入', 'Import'],
  sureTitle: ['正式导入“{file}”？', 'Import “{file}”?'],
  sureText: [
    '导入后不能撤销：内容进入档案和台账，标注“导入”和来源“{source}”，并记入账本和审计。有问题的行不导入，会逐行列出。',
    'It cannot be undone: what comes in stands in files and registers, marked imported from “{source}”, and is kept in the ledger and the audit. Lines with a fault are left out and named.',
  ],
  sureUntried: ['这个文件还没有试导入过。', 'This file has not been tried yet.'],
  otherRunning: ['“{kind}”正在导入，完成后再导入这一类。', '“{kind}” is being imported; wait until it is done.'],
  // progress
  reading: ['正在读取文件…', 'Reading the file…'],
  whole: ['正在上传并核对整个文件…', 'Sending and judging the file as a whole…'],
  progress: ['导入进度', 'Progress'],
  trying: ['正在试导入：{done} / {total} 行', 'Trying: {done} of {total} lines'],
  importing: ['正在导入：{done} / {total} 行', 'Importing: {done} of {total} lines'],
  elapsed: ['已用 {time}', '{time} so far'],
  mayLeave: [
    '可以去看其他页面，导入会继续；请不要关闭或刷新浏览器。长时间无人操作会自动退出，导入随之停止；重新登录后再导入同一文件即可。',
    'You may look at other pages meanwhile; do not close or reload the browser. If you are signed out for idleness it stops; sign in and import the same file again.',
  ],
  stop: ['停止', 'Stop'],
  // result
  nothing: ['这一类还没有导入过文件', 'No file of this kind was imported here yet'],
  nothingHint: [
    '先下载样例和字段说明，按样例准备文件，选好后先试导入。',
    'Download the example and the list of fields, prepare the file, then try it.',
  ],
  result: ['结果', 'Result'],
  resultOf: ['{file}，来源 {source}，用时 {time}', '{file}, source {source}, took {time}'],
  tried: ['试导入完成，什么也没有写入', 'Tried; nothing was written'],
  done: ['导入完成', 'Imported'],
  stopped: ['已停止，已导入的保留', 'Stopped; what came in stays'],
  failed: ['没有完成', 'Not finished'],
  failedStands: [
    '在此之前的 {done} 行已处理。请排除原因后重新导入同一文件，已有的不会重复。',
    '{done} lines before that were dealt with. Mend the cause and import the same file again; nothing comes in twice.',
  ],
  failedWhole: ['整个文件都没有导入。', 'Nothing of the file came in.'],
  created: ['新导入', 'Brought in'],
  wouldCreate: ['可以导入', 'Would come in'],
  known: ['已存在', 'Already there'],
  refused: ['未导入', 'Left out'],
  terms: ['定位启用', 'Terms'],
  termsKnown: ['已存在的启用', 'Terms already there'],
  days: ['轨迹日', 'Day tracks'],
  fixes: ['点位', 'Fixes'],
  refusedLines: ['有问题的行', 'Lines with a fault'],
  seeIt: ['查看导入的内容：', 'See what came in: '],
  toPeople: ['矫正对象', 'People'],
  toAlarms: ['报警中心', 'Alarm desk'],
  toActivations: ['定位启用', 'Activations'],
  toMap: ['实时地图', 'Live map'],
  toMatters: ['办理事项', 'Matters'],
  toLeaves: ['外出请假', 'Leave'],
  toDocuments: ['文书中心', 'Documents'],
  // refused lines
  leftTitle: ['未导入的行（{n} 行）', 'Lines left out ({n})'],
  leftTitleTrial: ['导入时会被拒绝的行（{n} 行）', 'Lines that would be left out ({n})'],
  leftUnnamed: [
    '另有 {n} 行未列出。改正列出的行后再次导入，其余的会继续列出。',
    '{n} more are not listed. Mend these and import again; the others are listed then.',
  ],
  line: ['行号', 'Line'],
  of: ['编号', 'Number'],
  field: ['字段', 'Field'],
  reason: ['原因', 'Reason'],
  remedy: ['怎么办', 'What to do'],
  code: ['代码', 'Code'],
  export: ['导出 Excel', 'Export to Excel'],
  exportFirst: ['导出前 {n} 行', 'Export the first {n}'],
  exported: ['已导出 {name}', 'Exported {name}'],
  leftHint: [
    '在来源系统或文件中改正这些行，把整个文件再导入一次即可，已有的不会重复。',
    'Mend these lines where they come from and import the whole file again; nothing comes in twice.',
  ],
  // format
  formatTitle: ['格式说明：{kind}', 'How the file is written: {kind}'],
  formatCommon: [
    '文本文件，UTF-8 编码，每行一个 JSON，行内不换行；可以用 gzip 压缩。时刻写 UTC（2024-03-05T02:00:00Z），日期按北京时间（2024-03-05），坐标为 WGS-84。',
    'A text file in UTF-8 with one JSON a line, no line break within; it may be gzipped. Instants in UTC (2024-03-05T02:00:00Z), dates of Asia/Shanghai (2024-03-05), positions in WGS-84.',
  ],
  formatPeople: [
    '每行一份档案。number 是档案编号，以后各类数据都用它指明是谁；编号已有的整份不动。parts 是档案内容，events 是时间线事件，alarms 是过去的报警；都可以不写。报警只能随档案第一次导入，有一条不成立，整份档案不导入。管理单位写单位代码（6 位县级或 9 位司法所）。',
    'One file a line. `number` is the number of the file, by which the other kinds refer to it; a known one is left alone as a whole. `parts` are its groups, `events` its timeline, `alarms` past alarms; all may be left out. Alarms come in with their file the first time only; with one that cannot have been so the whole file is left out. The unit is given by its code.',
  ],
  formatTracks: [
    '两种行：activation 是一次定位启用，ref 是本文件内的代号；track 是一段轨迹，term 写所属启用的代号，fixes 每个点依次为时间（毫秒）、纬度、经度、半径（米）、来源、速度、方向、电量，前三项必填。整个文件一次完成；期限之外的点位不导入并指明行号。',
    'Two kinds of line: `activation` is a term, `ref` its name within the file; `track` is a stretch of track, `term` the name of its term, `fixes` rows of time (ms), latitude, longitude, radius in metres, source, speed, course, battery, of which the first three are needed. The file comes in as a whole; fixes outside their term are left out and the line is named.',
  ],
  formatMatters: [
    '每行一件事项。id 是 UUID，由来源系统取定，同一事项始终相同。kind 是业务代码，register 是登记内容，passages 是依次经过的环节和去向；各业务有哪些环节、去向和填写项，见字段说明。旧系统没有的填写项可以不写。',
    'One matter a line. `id` is a UUID chosen by the old system, the same for the same matter. `kind` is the business, `register` what was registered, `passages` the steps it went through and the ways out of them; the list of fields names those of each business. What the old system does not have may be left out.',
  ],
  formatLeaves: [
    '每行一次外出。id 是 UUID，由来源系统取定，同一次外出始终相同。from、until 是起止日，destination.area 是目的地的县级区划代码，reason 是事由代码，verdict 写 approved（批准）或 refused（不予批准）。已批准且期满的必须写销假日期 returnedOn。时间顺序：申请 ≤ 审批 ≤ 现在。同一人已批准的外出不能重叠。',
    'One leave a line. `id` is a UUID chosen by the old system, the same for the same leave. `from` and `until` are its days, `destination.area` the county it led to, `reason` a code, `verdict` approved or refused. An approved one that is over needs the day of the return, `returnedOn`. Asked ≤ decided ≤ now. Approved leaves of one person do not overlap.',
  ],
  formatDocuments: [
    '每行一份文书。id 是 UUID，由来源系统取定，同一文书始终相同。template 是文书种类，values 按模板空白项的名称填写，subject 是所属事项或外出（须先导入）。日期顺序：决定 ≤ 制发 ≤ 送达或作废 ≤ 现在。扫描件先上传，也可以导入后在文书页补充。',
    'One paper a line. `id` is a UUID chosen by the old system, the same for the same paper. `template` says which paper, `values` go by the names of its blanks, `subject` is the matter or leave it came of, imported before. Days: decision ≤ issue ≤ service or voiding ≤ now. Scans are uploaded before, or added on the page of the paper.',
  ],
  formatLine: ['样例的第一行', 'First line of the example'],
  formatApi: [
    '脚本也可以直接调用接口，格式相同：{path}。全文如下（英文）：',
    'Scripts may call the interface with the same content: {path}. In full:',
  ],
})
