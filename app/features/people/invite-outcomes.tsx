import { useTranslation } from 'react-i18next'
import type { InviteOutcome } from '../../../shared/schemas/invitations'

/** What became of a list: how many letters have gone, and each line that came back, with the reason. */
export function Outcomes({ outcomes }: { outcomes: readonly InviteOutcome[] }) {
  const { t } = useTranslation('people')
  const sent = outcomes.filter(({ outcome }) => outcome === 'sent').length
  const left = outcomes.filter(({ outcome }) => outcome !== 'sent')
  return (
    <div
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
    >
      <p className="font-semibold">
        {sent > 0 && `${t('list.sent', { count: sent })} `}
        {t('invite.back', { count: left.length })}
      </p>
      <ul className="mt-1.5 grid gap-1 text-[13px]">
        {left.map(({ line, outcome }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line may come twice, and none moves
          <li key={at} className="[overflow-wrap:anywhere]">
            <bdi className="font-medium">{line}</bdi>
            {outcome !== 'sent' && ` — ${t(`invite.outcome.${outcome}`)}`}
          </li>
        ))}
      </ul>
    </div>
  )
}
