import { dictionary } from '../../ui/language.ts'

export const cellWords = dictionary({
  title: ['基站库', 'Cell towers'],
  note: [
    '基站在哪里：只报基站、没有卫星定位的终端靠它落到地图上。',
    'Where cell towers stand: devices that report cells only, without a satellite fix, are placed by it.',
  ],
  // what is known
  known: ['现有基站库', 'The table as it stands'],
  towers: ['基站数', 'Towers'],
  importedAt: ['最近导入', 'Last import'],
  lastSource: ['来源', 'Source'],
  noSource: ['未注明', 'not stated'],
  none: ['还没有基站库', 'No cell table yet'],
  noneHint: [
    '没有基站库时，只报基站的终端没有位置。请向运营商或省级平台索取本地基站表，按下面的样例整理后导入。',
    'Without one, devices that report cells only have no position. Ask the operators or the province for the local table, bring it into the form of the example, and import it.',
  ],
  // preparing
  prepare: ['准备文件', 'Prepare the file'],
  prepareText: [
    'CSV 文本，每行一个基站，列的顺序：{columns}。坐标为 WGS-84 十进制度，半径为米；首行可以是列名。同一基站写了两行的，以后一行为准。',
    'CSV text, one tower a line, in the order {columns}. Positions in WGS-84 decimal degrees, the radius in metres; the first line may name the columns. Of two lines for one tower the later holds.',
  ],
  datum: [
    '高德、腾讯地图（GCJ-02）或百度地图（BD-09）的坐标须先转换，否则会偏几百米。',
    'Positions of Amap or Tencent (GCJ-02) or Baidu (BD-09) must be converted first; they would be some hundred metres off.',
  ],
  example: ['下载样例', 'Download the example'],
  exampleFile: ['基站库样例', 'cell-towers-example'],
  // sending
  send: ['导入', 'Import'],
  source: ['来源', 'Source'],
  sourceHint: [
    '基站表由谁提供、哪一天的，例：某运营商 2026 年 11 月',
    'Who gave the table and as of when, e.g. operator A, November 2026',
  ],
  sourceMissing: ['请填写来源', 'Say where it comes from'],
  fileHint: ['CSV 文本（.csv），不超过 20 MB', 'CSV text (.csv), at most 20 MB'],
  mode: ['方式', 'How'],
  add: ['添加', 'Add'],
  addHint: [
    '现有的保留；编号相同的基站改用文件中的位置',
    'What is there stays; towers of the same number take the position of the file',
  ],
  replace: ['替换', 'Replace'],
  replaceHint: ['现有的全部删除，只留下文件中的', 'What is there goes; only what the file holds stays'],
  try: ['试导入', 'Try'],
  tryHint: ['试导入把整个文件核对一遍，什么也不写入。', 'A trial judges the whole file and writes nothing.'],
  real: ['正式导入', 'Import'],
  realReplace: ['删除现有基站并导入', 'Delete what is there and import'],
  sureAdd: ['把“{file}”加入基站库？', 'Add “{file}” to the table?'],
  sureAddText: [
    '现有 {towers} 个基站保留；与文件中编号相同的，改用文件中的位置和半径，原来的值不保留。',
    'The {towers} towers there stay; those of the same number take position and radius of the file, and their former values are not kept.',
  ],
  sureReplace: ['用“{file}”替换整个基站库？', 'Replace the whole table by “{file}”?'],
  sureReplaceText: [
    '现有 {towers} 个基站（{source}，{at} 导入）将全部删除，不能撤销，只能用原来的文件重新导入。',
    'All {towers} towers there ({source}, imported {at}) are deleted. It cannot be undone, only imported again from the file they came from.',
  ],
  sureReplaceLost: [
    '文件里没有的基站，今后不再能定位：只报基站的终端在那些地方将没有位置。已经记录的轨迹不变。',
    'Towers that the file lacks place nobody any more: there, devices that report cells only have no position. Tracks already recorded do not change.',
  ],
  sureLeaves: ['按试导入的结果，替换后共 {total} 个基站。', 'By the trial there are {total} towers afterwards.'],
  sureUntried: ['这个文件还没有这样试导入过。', 'This file has not been tried in this way yet.'],
  // progress and result
  running: ['正在上传并核对整个文件…', 'Sending and judging the file as a whole…'],
  elapsed: ['已用 {time}', '{time} so far'],
  mayLeave: [
    '可以去看其他页面；请不要关闭或刷新浏览器。',
    'You may look at other pages; do not close or reload the browser.',
  ],
  progress: ['导入进度', 'Progress'],
  result: ['结果', 'Result'],
  nothing: ['这次登录还没有导入过', 'Nothing was imported in this session'],
  nothingHint: [
    '先下载样例，按样例准备文件，选好后先试导入。',
    'Download the example, prepare the file, choose it and try it first.',
  ],
  tried: ['试导入完成，什么也没有写入', 'Tried; nothing was written'],
  done: ['导入完成，即时生效', 'Imported; it holds at once'],
  failed: ['没有导入', 'Not imported'],
  failedText: ['整个文件都没有导入，基站库没有变化。', 'Nothing of the file came in; the table is as it was.'],
  resultOf: ['{file}，来源 {source}，{mode}，用时 {time}', '{file}, source {source}, {mode}, took {time}'],
  read: ['文件中的基站', 'Towers of the file'],
  fresh: ['新增', 'New'],
  changed: ['更新', 'Updated'],
  gone: ['原有并删除', 'Deleted beforehand'],
  total: ['导入后共有', 'Known afterwards'],
  leftOut: ['未导入的行', 'Lines left out'],
})
