import type { i18n } from 'i18next'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { type createMemoryRouter, RouterProvider } from 'react-router-dom'

/** A router's page in the document; who asks for it takes both away again. */
export async function showRouter(
  words: i18n,
  router: ReturnType<typeof createMemoryRouter>,
): Promise<{ box: HTMLElement; root: Root }> {
  const box = document.body.appendChild(document.createElement('main'))
  const root = createRoot(box)
  await act(async () =>
    root.render(
      <I18nextProvider i18n={words}>
        <RouterProvider router={router} />
      </I18nextProvider>,
    ),
  )
  return { box, root }
}
