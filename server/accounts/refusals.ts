import { refusal } from '../core/refusals.ts'

export const SignInWrong = refusal('ZJ_SIGN_IN_WRONG', 401, {
  zh: '账号或密码不正确。连续失败将锁定账号；忘记密码请联系本单位安全管理员。',
  en: 'Account or password is not right. Repeated failures lock the account; if you forgot it, ask your security administrator.',
})
export const SignInLocked = refusal('ZJ_SIGN_IN_LOCKED', 423, {
  zh: '连续失败次数过多，账号已锁定，请 {minutes} 分钟后再试，或请安全管理员解锁。',
  en: 'Too many failures: the account is locked. Try again in {minutes} minutes, or ask the security administrator to unlock it.',
})
export const SecondFactorWrong = refusal('ZJ_SECOND_FACTOR_WRONG', 401, {
  zh: '动态验证码不正确或已使用。请等待验证器显示下一组数字后再输入，并核对手机时间。',
  en: 'The code is not right or was used already. Wait for the next one, and check the clock of your phone.',
})
export const SecondFactorNotBegun = refusal('ZJ_SECOND_FACTOR_NOT_BEGUN', 409, {
  zh: '尚未生成动态验证码密钥。请先点击“绑定验证器”。',
  en: 'No new secret was made yet. Begin the enrolment first.',
})
export const PasswordWrong = refusal('ZJ_PASSWORD_WRONG', 403, {
  zh: '当前密码不正确，请重新输入。',
  en: 'The current password is not right. Type it again.',
})
export const PasswordWeak = refusal('ZJ_PASSWORD_WEAK', 400, {
  zh: '新密码太弱：至少 10 位，含大写、小写、数字、符号中的三类，不用常见词和键盘顺序，不含账号或姓名。',
  en: 'The new password is too weak: at least 10 characters, three of upper case, lower case, digits and signs, no common words or keyboard runs, not your account or name.',
})
export const PasswordReused = refusal('ZJ_PASSWORD_REUSED', 409, {
  zh: '新密码与最近 {count} 次用过的相同，请换一个。',
  en: 'The new password is one of your last {count}. Choose another.',
})
