const BEAT_MS = 10_000

/**
 * Says what is being done, that it is still being done every ten seconds, and how long it took.
 *
 * @template T
 * @param {string} doing such as "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what `work` gives; its error passes through
 */
export async function step(doing, work) {
  const began = Date.now()
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`
  console.log(`${doing} …`)
  const beat = setInterval(() => console.log(`  still at it after ${seconds()}`), BEAT_MS)
  try {
    const result = await work()
    console.log(`  done in ${seconds()}`)
    return result
  } finally {
    clearInterval(beat)
  }
}
