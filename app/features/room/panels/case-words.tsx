import { useTranslation } from 'react-i18next'
import type { CaseView } from '../../../../shared/room-views'
import { useReader } from '../../../lib/format'
import { SaidWords } from './said-words'

/**
 * A case as it was given: who, without who it is; what happened; what is asked.
 *
 * @param id names its first line, which the focus may be sent to
 */
export function CaseWords({ item, id }: { item: CaseView; id?: string }) {
  const { t } = useTranslation('room-panels')
  const { lang: reader } = useReader()
  const parts = ['problem', 'course', 'question'] as const
  return (
    <>
      <p id={id} tabIndex={id ? -1 : undefined} className="mb-1.5 font-medium">
        {t(`case.who.${item.sex}`, { band: item.ageBand })}
        {item.setting !== '' && (
          <>
            {' · '}
            <span lang={item.lang}>{item.setting}</span>
          </>
        )}
      </p>
      <SaidWords said={item} text={item.problem}>
        <dl className="grid gap-1.5">
          {parts.map(
            (part) =>
              item[part] !== '' && (
                <div key={part}>
                  <dt lang={reader} className="text-[13px] font-medium text-ink-2">
                    {t(`case.${part}`)}
                  </dt>
                  <dd className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
                    {item[part]}
                  </dd>
                </div>
              ),
          )}
        </dl>
      </SaidWords>
      {item.recommendations !== '' && (
        <div className="mt-2 border-l-2 border-accent pl-3">
          <p className="text-[13px] font-medium text-ink-2">{t('case.recommendations')}</p>
          <p className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
            {item.recommendations}
          </p>
        </div>
      )}
    </>
  )
}
