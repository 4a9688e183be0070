import { ensureBuilt } from '../setup/build.js'
import { ensureInstalled } from '../setup/install.js'

/** Sets up what is missing and builds; prints where the build is. */
export async function build() {
  await ensureInstalled()
  console.log(await ensureBuilt())
}
