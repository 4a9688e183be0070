import { useTranslation } from 'react-i18next'
import type { AuditKind, AuditView, RecordPage } from '../../../shared/audit'
import { ROLES } from '../../../shared/policy'
import { InLanguage } from '../../components/localized-title'
import { Sentence } from '../../components/sentence'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'

export type Names = Pick<RecordPage, 'people' | 'titles' | 'addresses' | 'pairs'>

type KeyOf<K> = K extends `${infer Noun}:${infer Past}` ? `${Noun}_${Past}` : never
type WordsKey = KeyOf<AuditKind> | 'sign-in_unknown' | 'member_moved' | 'certificate_doubled'

const FACTORS = ['totp', 'passkey', 'recovery-code'] as const

/** A row of the record as one sentence, in the names of today. */
export function RecordWords({ row, names }: { row: AuditView; names: Names }) {
  const { t } = useTranslation(['record', 'common'])
  const { subject, detail } = row
  const pair = names.pairs[subject.counterpart ?? '']
  const nobody = <span>{t('some.nobody')}</span>
  const somebody = <span>{t('some.person')}</span>
  const title = ['protocol', 'thread', 'resource'].flatMap(
    (what) => names.titles[subject[what] ?? ''] ?? [],
  )[0]
  const factor = FACTORS.find((each) => each === detail.factor)
  return (
    <Sentence
      say={(part) =>
        t(`kind.${keyOf(row)}`, {
          who: part('who'),
          whom: part('whom'),
          one: part('one'),
          two: part('two'),
          what: part('what'),
          address: part('address'),
          role: roleOf(detail.role),
          from: roleOf(detail.from),
          to: roleOf(detail.to),
          factor: factor ? t(`factor.${factor}`) : t('some.none'),
          reason: part('reason'),
          fields: part('fields'),
        })
      }
      parts={{
        who: row.by ? nameOf(row.by) : nobody,
        whom: nameOf(subject.user),
        one: nameOf(pair?.[0]),
        two: nameOf(pair?.[1]),
        what: title ? <InLanguage text={title} /> : t('some.document'),
        address: names.addresses[subject.invitation ?? ''] ?? t('some.address'),
        reason: <q className="[quotes:none]">{detail.reason}</q>,
        fields: detail.fields,
      }}
    />
  )

  function nameOf(id: string | undefined) {
    const name = names.people[id ?? '']
    return name ? <Name name={name} /> : somebody
  }

  function roleOf(code: string | undefined): string {
    const role = ROLES.find((each) => each === code)
    return role ? t(`common:role.${role}`) : t('some.none')
  }
}

function Name({ name }: { name: Names['people'][string] }) {
  const { main } = fullName(name, useReader().lang)
  return (
    <bdi lang={main.lang} className="font-semibold">
      {main.text}
    </bdi>
  )
}

/** What is said of a row: most kinds have one sentence, some have two. */
function keyOf({ kind, by, detail }: AuditView): WordsKey {
  if (kind === 'sign-in:failed' && !by) return 'sign-in_unknown'
  if (kind === 'member:role-changed' && !detail.to) return 'member_moved'
  if (kind === 'certificate:revoked' && !by) return 'certificate_doubled'
  return kind.replace(':', '_') as KeyOf<AuditKind>
}
