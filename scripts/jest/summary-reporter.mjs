import { writeFileSync } from 'node:fs';

/** Leaves the counts of a run, and the names of what it skipped, in the file that scripts/test.mjs asks for. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    const file = process.env.CONCIERGE_TEST_SUMMARY;
    if (file === undefined) return;
    const skipped = results.testResults.flatMap(({ testFilePath, testResults }) =>
      testResults
        .filter(({ status }) => status === 'pending' || status === 'todo')
        .map(({ fullName }) => ({ file: testFilePath, name: fullName })),
    );
    const summary = {
      total: results.numTotalTests,
      passed: results.numPassedTests,
      // A suite that could not even load counts as one failure.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped,
    };
    writeFileSync(file, JSON.stringify(summary));
  }
}
