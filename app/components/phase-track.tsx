import { useTranslation } from 'react-i18next'
import type { PhaseStatus, PhaseView } from '../../shared/views'

/** The bar over each phase; the word under its name says the same. */
const BARS: Record<PhaseStatus, string> = {
  not_started: 'bg-line',
  active: 'bg-accent',
  met_gate: 'bg-ink-3',
  reopened: 'bg-[repeating-linear-gradient(90deg,var(--accent)_0_6px,transparent_6px_10px)]',
}

/** The six phases of a partnership in order, each with how it stands; several may be under way. */
export function PhaseTrack({ phases }: { phases: readonly PhaseView[] }) {
  const { t } = useTranslation('partnerships')
  return (
    <ol className="grid grid-cols-2 gap-x-2 gap-y-4 sheet:grid-cols-3 rail:grid-cols-6">
      {phases.map(({ phase, status }) => (
        <li key={phase} className="min-w-0">
          <span aria-hidden="true" className={`block h-1 rounded-full ${BARS[status]}`} />
          <span
            className={`mt-2 block text-[13px] leading-snug hyphens-auto ${status === 'not_started' ? 'text-ink-2' : 'font-semibold'}`}
          >
            {t(`phase.${phase}`)}
          </span>
          <span
            className={`block text-xs ${status === 'active' || status === 'reopened' ? 'font-medium text-accent' : 'text-ink-3'}`}
          >
            {t(`phaseStatus.${status}`)}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** The phases under way, in one line. */
export function PhasesNow({ phases }: { phases: readonly PhaseView[] }) {
  const { t } = useTranslation('partnerships')
  const now = phases.filter(({ status }) => status === 'active' || status === 'reopened')
  if (now.length === 0) return null
  return t('phases.now', { phases: now.map(({ phase }) => t(`phase.${phase}`)).join(', ') })
}
