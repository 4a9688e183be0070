import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownWords, weaknessOf } from '../../server/auth/breached-passwords'
import { BREACHED_WORDS } from '../../server/auth/breached-words'
import { hashPassword, isPassword } from '../../server/auth/passwords'
import { NewPassword } from '../../shared/schemas/accounts'

/** What the form says of a password: the fault, or what is kept. */
function formOf(password: string) {
  const parsed = NewPassword.safeParse({ password })
  return parsed.success ? parsed.data.password : { fault: parsed.error.issues[0]?.message }
}

describe('row 141: a password', () => {
  it.each([
    ['nine characters', 'ab3 kд!9x', 'short'],
    ['nothing', '', 'blank'],
    ['only spaces', ' '.repeat(20), 'blank'],
    ['only ideographic spaces', '\u3000'.repeat(12), 'blank'],
    ['1,001 characters', 'ы'.repeat(1_001), 'long'],
    ['a megabyte', 'x'.repeat(1_000_000), 'long'],
    ['nine that are 18 units', '🦉'.repeat(9), 'short'],
  ])('of %s is refused with a word for it', (_what, password, fault) => {
    expect(formOf(password)).toEqual({ fault })
  })

  it.each([
    ['Cyrillic', 'утром туман над Невой'],
    ['73 bytes and more', 'длинная фраза, которую никто не угадает, потому что она длинная'],
    ['1,000 characters', 'ы'.repeat(1_000)],
    ['lower case alone', 'granite teapot orchard violin'],
  ])('of %s is taken as it is', (_what, password) => {
    expect(formOf(password)).toBe(password)
  })

  it('is one password however its letters were put together', async () => {
    const [composed, apart] = ['ёжик в тумане й', 'ёжик в тумане й'.normalize('NFD')]
    expect(apart).not.toBe(composed)
    expect(formOf(apart)).toBe(formOf(composed))
    expect(formOf('ﬁne ｗｉｄｅ ｌｅｔｔｅｒｓ')).toBe('fine wide letters')
  })

  it('is compared to its last byte: bcrypt would stop at 72', async () => {
    const long = 'п'.repeat(100)
    const hash = await hashPassword(`${long}а`)
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await isPassword(`${long}б`, hash)).toBe(false)
    expect(await isPassword(`${long}а`, hash)).toBe(true)
  })

  it('is refused to a crowd with the time to wait, and to nobody after it', async () => {
    const crowd = Array.from({ length: 140 }, () => hashPassword('crowd'))
    const refused = (await Promise.allSettled(crowd)).filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(20)
    for (const each of refused) {
      expect(each).toMatchObject({
        reason: { code: 'too_many_requests', detail: { seconds: '5' } },
      })
    }
    expect(await hashPassword('after')).toMatch(/^\$argon2id/)
  })
})

describe('row 141: what is guessed first', () => {
  it('has five thousand words and more', () => {
    expect(BREACHED_WORDS.size).toBeGreaterThan(5_000)
  })

  it.each([
    'password123456',
    'Password1!',
    'P@ssw0rd123',
    'qwertyuiop',
    'йцукенгшщзхъ',
    '1234567890',
    '0987654321',
    '1qaz2wsx3edc',
    'qazwsxedcrfv',
    'asdfghjkl;',
    'фывапролджэ',
    'ячсмитьбю.',
    'gfhjkmgfhjkm',
    'gfhjkm2024',
    'пароль123456',
    'парольпароль',
    'ПриветПривет1',
    'наташа1985',
    'солнышко2007',
    'yfnfif1985',
    'iloveyou2008',
    'sunshine123',
    'aaaaaaaaaa',
    'abcabcabcabc',
    'abcdefghijkl',
    'абвгдеёжзий',
    '121212121212',
    '2004200420042004',
    'dragon!2024',
    'больница2024',
    'Ы'.repeat(200),
  ])('refuses %s', (password) => {
    expect(weaknessOf(password.normalize('NFKC'))).toBe('common')
  })

  it.each([
    'утром туман над Невой',
    'ветер с залива 7',
    'correct horse battery staple',
    'granite teapot orchard violin',
    'три кошки на крыше',
    'k8#Lq2vv0Zp!',
  ])('takes %s', (password) => {
    expect(weaknessOf(password)).toBeNull()
  })

  it.each([
    'korsakov.dmitri',
    'Корсаков1978',
    'дмитрий корсаков',
    'korsakov@hospital.example',
    'Korsakov_2024',
  ])('refuses %s to the one whose name it is, and to nobody else', (password) => {
    const own = ownWords('d.korsakov@hospital.example', ['Дмитрий', 'Корсаков', 'Dmitri Korsakov'])
    expect(weaknessOf(password, own)).not.toBeNull()
    expect(weaknessOf(`${password} и ещё два слова`, own)).toBeNull()
  })

  it('takes what chance has made, and never fails', () => {
    for (let n = 0; n < 500; n++) {
      expect(weaknessOf(randomBytes(12).toString('base64url'))).toBeNull()
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        expect(['common', 'own', null]).toContain(weaknessOf(text, ownWords('a@b.c', [text])))
      }),
    )
  })
})
