import { useTranslation } from 'react-i18next'
import type { NotificationView } from '../../../shared/views'
import { InLanguage } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'

/** Who did what, and where, in one sentence. */
export function NoticeWords({ notice: { kind, by, target } }: { notice: NotificationView }) {
  const { t } = useTranslation('notifications')
  const who = by ? <ShortName name={by.name} /> : t('somebody')
  if (!target) {
    return <Sentence say={(part) => t(`gone.${kind}`, { who: part('who') })} parts={{ who }} />
  }
  return (
    <Sentence
      say={(part) => t(`kind.${kind}`, { who: part('who'), title: part('title') })}
      parts={{ who, title: <InLanguage text={target.title} className="font-semibold" /> }}
    />
  )
}
