import { useTranslation } from 'react-i18next'
import { AskToLeave } from '../../../components/ask-to-leave'

/** Asks before a page is left that is still sending. */
export function LeaveGuard({ isAsked }: { isAsked: boolean }) {
  const { t } = useTranslation('library')
  const words = {
    title: t('leave.title'),
    note: t('leave.note'),
    stay: t('leave.stay'),
    go: t('leave.go'),
  }
  return <AskToLeave isAsked={isAsked} words={words} />
}
