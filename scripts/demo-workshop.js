/*
 * npm run demo:workshop: invented participants play in the running product's demonstration workshop;
 * `npm run demo:workshop -- http://127.0.0.1:3000 --minutes 10`.
 *
 * Any Node since 12.17 can read this file, so that one that is too old is told so in a sentence.
 */
import('./setup/node-version.js')
  .then(({ requireNode }) => requireNode())
  .then(() => import('./commands/demo-workshop.js'))
  .then(({ demoWorkshop }) => demoWorkshop(process.argv.slice(2)))
  .catch((error) => {
    console.error(error && error.name === 'SetupError' ? error.message : error)
    process.exit(1)
  })
