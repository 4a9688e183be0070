import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { createMemoryRouter, RouterProvider } from 'react-router-dom'
import { describe, expect, it } from 'vitest'
import { ReportPage } from '../../app/features/afterwards/report-page'
import { TestForm } from '../../app/features/learning/test-form'
import { rereadStale } from '../../app/lib/reread-stale'
import { loadWords } from '../../server/services/words'
import common from '../../shared/locales/en/common.json'
import errors from '../../shared/locales/en/errors.json'
import learning from '../../shared/locales/en/learning.json'
import privacy from '../../shared/locales/en/privacy.json'
import after from '../../shared/locales/en/workshop-after.json'

/** The page as it is sent, before any script. */
function served(page: ReactNode): string {
  const words = { common, errors, learning, privacy, 'workshop-after': after }
  const i18n = loadWords({ en: words, ru: words }, 'common')
  void i18n.changeLanguage('en')
  const router = createMemoryRouter([{ id: 'root', path: '/', element: page }], {
    hydrationData: { loaderData: { root: { lang: 'en', timeZone: 'UTC' } } },
  })
  return renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <RouterProvider router={router} />
    </I18nextProvider>,
  )
}

const refused = (code: string, values: object) => ({ refused: { code, detail: {} }, values })

const REPORT = {
  rev: 4,
  summary: { en: 'Their summary' },
  decisions: { ru: 'Одна форма' },
  costs: {},
  press: {},
  quotes: [],
  editedAt: null,
}
const FACTS = {
  attendance: { people: 1, enough: 1, byCadre: [], byInstitution: [] },
  questions: { asked: 0, answered: 0 },
  learning: { pre: { percent: null }, post: { percent: null } },
  happened: { polls: [], questions: [], cases: [] },
  decisions: [],
  tasks: 0,
}
const SAVING = { done: null, times: 0, doing: () => () => {}, isSending: false }

const report = (refusal: object | null) =>
  served(
    <ReportPage
      report={REPORT}
      facts={FACTS as never}
      workshopId="w"
      isSaved={false}
      refusal={refusal as never}
    />,
  )

describe('a form that came too late', () => {
  const mine = { base: '3', summaryEn: 'My summary', decisionsRu: 'Одна форма\r\n' }

  it('shows what differs of the other’s report, keeps one’s own, and can be sent', () => {
    const page = report(refused('conflict', mine))
    expect(page).toMatch(/<input type="hidden" name="base" value="4"/)
    expect(page).toMatch(/<section aria-label="What they saved".*Their summary.*<\/section>/s)
    const theirs = /<section aria-label="What they saved".*?<\/section>/s.exec(page)?.[0]
    expect(theirs).not.toContain('Одна форма')
    expect(page).toMatch(/<textarea[^>]*name="summaryEn"[^>]*>My summary</)
    expect(page).toMatch(/<a href="\/"[^>]*>Take theirs</)
  })

  it('is sent with the count it was opened with where something else is wrong', () => {
    const page = report(refused('too_many_requests', mine))
    expect(page).toMatch(/<input type="hidden" name="base" value="3"/)
    expect(page).not.toContain('What they saved')
    expect(report(null)).toMatch(/<input type="hidden" name="base" value="4"/)
  })

  it('shows the other’s questions of a test beside one’s own', () => {
    const options = [
      { id: 'o1', text: { en: 'Yes' } },
      { id: 'o2', text: { en: 'No' } },
    ]
    const test = { rev: 2, items: [{ id: 'i1', prompt: { en: 'Theirs?' }, options, right: 'o1' }] }
    const values = { base: '1', 'items.0.promptEn': 'Mine?', 'items.0.right': '0' }
    const page = served(
      <TestForm
        test={test as never}
        refusal={refused('conflict', values) as never}
        saving={SAVING}
      />,
    )
    expect(page).toMatch(/<input type="hidden" name="base" value="2"/)
    expect(page).toMatch(/<section aria-label="What they saved".*Theirs\?.*<\/section>/s)
    expect(page).toMatch(/name="items.0.promptEn"[^>]*value="Mine\?"/)
  })

  it('has its page read again', () => {
    const asked = (actionStatus: number) =>
      rereadStale({ actionStatus, defaultShouldRevalidate: true } as never)
    expect([asked(200), asked(409), asked(422), asked(503)]).toEqual([true, true, false, false])
  })
})
