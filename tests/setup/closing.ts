import { afterAll, afterEach } from 'vitest'

type Close = () => unknown

/** What the running test, and the running file, has opened; the last opened is closed first. */
const opened: { test: Close[]; file: Close[] } = { test: [], file: [] }

/** Close it when the test has ended. */
export function closeAfterTest(close: Close): void {
  opened.test.push(close)
}

/** Close it when the tests of the file have ended. */
export function closeAfterFile(close: Close): void {
  opened.file.push(close)
}

/** Files share their modules, so every file hangs up these hooks anew: see `each-file.ts`. */
export function closeWhatTestsOpen(): void {
  afterEach(() => closeAll(opened.test))
  afterAll(() => closeAll(opened.file))
}

async function closeAll(list: Close[]): Promise<void> {
  for (const close of list.splice(0).reverse()) await close()
}
