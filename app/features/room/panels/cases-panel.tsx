import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button'
import { EmptyState } from '../../../components/empty-state'
import { useFocusAfter } from '../../../lib/focus-after'
import { useReader } from '../../../lib/format'
import { useLater } from '../../../lib/later'
import { newClientKey } from '../../discussions/client-key'
import { useDraftName, useKeptFields } from '../kept-drafts'
import { isTalking } from '../room-acts'
import { useRoomState } from '../room-context'
import { CaseCard } from './case-card'
import { BegunCase, type CaseDraft, draftOfCase, emptyCase } from './case-draft'
import { UnsentLines } from './unsent-lines'
import { useDeleting } from './use-deleting'

const loadForm = () => import('./case-form')

const STANDING = { on_air: 0, waiting: 1, discussed: 2 } as const

/** Cases for discussion, from the form that has no place for who the patient is. */
export function CasesPanel() {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const { cases, status, unsent } = useRoomState()
  const focusAfter = useFocusAfter()
  const kept = useKeptFields(useDraftName()('case'), BegunCase)
  const [begun, setBegun] = useState<(BegunCase & { isBack: boolean }) | null>(() => {
    const found = kept.read()
    // what is on its way waits there
    if (!found || unsent.some(({ key }) => key === found.clientKey)) return null
    if (!cases.some(({ clientKey }) => clientKey === found.clientKey))
      return { ...found, isBack: true }
    kept.keep(null)
    return null
  })
  const begin = (draft: CaseDraft) => setBegun({ draft, clientKey: newClientKey(), isBack: false })
  const CaseForm = useLater(loadForm, begun !== null)?.CaseForm
  const shown = cases
    .filter(({ deletedAt }) => deletedAt === null)
    .toSorted(
      (one, other) => STANDING[one.status] - STANDING[other.status] || one.born - other.born,
    )
  const ids = shown.map(({ id }) => id)
  const deleting = useDeleting('case', ids, 'cases')
  return (
    <section id="cases" tabIndex={-1} aria-label={t('case.panel')} className="grid gap-4">
      {deleting.said}
      {!isTalking(status) && status !== 'draft' && <p className="text-ink-2">{t('case.over')}</p>}
      {begun && CaseForm ? (
        <CaseForm
          begun={begun}
          isBack={begun.isBack}
          keep={kept.keep}
          onClose={(offered) => {
            focusAfter(`case-${offered?.id}`, 'offer-case')
            kept.keep(null)
            setBegun(null)
          }}
        />
      ) : (
        isTalking(status) && (
          <div className="grid justify-items-start gap-1.5">
            <Button id="offer-case" type="button" onClick={() => begin(emptyCase(lang))}>
              {t('case.offer')}
            </Button>
            <p className="text-[13px] text-ink-2">{t('case.rule')}</p>
          </div>
        )
      )}
      <UnsentLines
        of={['offer_case']}
        panel="cases"
        // one case is written at a time: what stands in its form would go
        onTakeBack={begun ? null : (act) => act.act === 'offer_case' && begin(draftOfCase(act))}
      />
      {shown.length === 0 && !begun && isTalking(status) && (
        <EmptyState sentence={t('case.none')} />
      )}
      <ol aria-label={t('case.panel')} className="grid gap-2.5 empty:hidden">
        {shown.map((item) => (
          <li key={item.id}>
            <CaseCard item={item} onDelete={() => deleting.remove(item.id)} />
          </li>
        ))}
      </ol>
    </section>
  )
}
