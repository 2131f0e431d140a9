// @ts-check
// `npm run reset`: removes everything that `npm start` keeps: data, logs, demo keys; containers and volumes too.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dockerAnswers, removeCompose } from './stack/docker.mjs';
import { stopLeftoverKafka } from './stack/embedded-kafka.mjs';
import { stopLeftoverPostgres } from './stack/embedded-postgres.mjs';
import { outsideStateDir, stateDir } from './stack/paths.mjs';
import { runningStart } from './stack/start-lock.mjs';

const running = runningStart();
if (running !== undefined) {
  console.error(`npm start is running (process ${running}); stop it first with Ctrl-C`);
  process.exit(1);
}
// What a crash left running would write on into folders that are gone.
await stopLeftoverKafka(join(stateDir, 'kafka'));
for (const home of [stateDir, outsideStateDir]) await stopLeftoverPostgres(join(home, 'postgres', 'data'));
for (const folder of [stateDir, outsideStateDir]) {
  if (!existsSync(folder)) continue;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  console.log(`removed ${folder}`);
}
if (await dockerAnswers()) {
  await removeCompose();
  console.log('removed the containers and volumes of docker-compose.yml');
}
