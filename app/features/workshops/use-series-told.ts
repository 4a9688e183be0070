import { useNavigationType } from '@remix-run/react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SeriesTold } from './series-outcome.server'
import type { Done } from './use-done'

/** What became of the later workshops of a series, in words; null where there is nothing to tell. */
export function useSeriesTold(told: SeriesTold | null): Done | null {
  const { t } = useTranslation('workshops')
  const text = told ? textOf(told) : null
  const isLoaded = useNavigationType() === 'POP'
  // what a line says from the first is not read out: where scripts bring the page, it comes after it
  const [said, setSaid] = useState(isLoaded ? text : null)
  useEffect(() => setSaid(text), [text])
  return useMemo(() => (said === null ? null : { text: said }), [said])

  function textOf({ series, changed, same, over, others }: SeriesTold): string {
    const count = changed
    const done = {
      changed: count > 0 ? t('scope.changed', { count }) : t('scope.changedOne'),
      announced: count > 0 ? t('scope.announced', { count }) : t('scope.announcedOne'),
      cancelled: count > 0 ? t('scope.cancelled', { count }) : t('scope.cancelledOne'),
    }[series]
    const sameWords = series === 'announced' ? 'scope.sameAnnounced' : 'scope.same'
    const rest = [
      same > 0 && t(sameWords, { count: same }),
      over > 0 && t('scope.over', { count: over }),
      others > 0 && t('scope.others', { count: others }),
    ]
    return [done, ...rest.filter(Boolean)].join(' ')
  }
}
