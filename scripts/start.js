/*
 * npm start: set up what is missing, build what is stale, serve.
 *
 * Any Node since 12.17 can read this file, so that one that is too old is told so in a sentence.
 */
import('./setup/node-version.js')
  .then(({ requireNode }) => requireNode())
  .then(() => import('./commands/start.js'))
  .then(({ start }) => start(process.argv.slice(2)))
  .catch((error) => {
    console.error(error && error.name === 'SetupError' ? error.message : error)
    process.exit(1)
  })
