import { sep } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const STORIES = `${sep}test${sep}`;

/** Whole stories take minutes, a decision milliseconds: begun first, none is left running alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isStory = ({ moduleId }: TestSpecification) => moduleId.includes(STORIES);
    return [...sorted.filter(isStory), ...sorted.filter((file) => !isStory(file))];
  }
}
