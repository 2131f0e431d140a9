import { topicNames, type Topics } from '@app/contracts';
import { uniqueName } from './environment.js';

export interface TestTopics {
  /** For `TOPIC_PREFIX` of a started app. */
  readonly prefix: string;
  readonly topics: Topics;
}

/** Topic names of a deployment that nobody else uses. Nothing is made yet. */
export function testTopics(): TestTopics {
  const prefix = `${uniqueName('t')}.`;
  return { prefix, topics: topicNames({ prefix }) };
}
