// Word count: how often has each word been seen?
//
// A generator produces lines, one atom for each inner array. The workflow consumes one atom after
// the other: it splits the lines into words, sends each word to the key it belongs to, and counts
// there. Open the state of the task `count` while you step: there is one counter per word.

const lines = [
  ['the quick brown fox', 'jumps over the lazy dog'],
  ['the dog sleeps'],
  ['the fox jumps again', 'and the dog sleeps on'],
];

// Keys are numbers. Events with one key are processed in order and share their state.
const keyOf = (word) => [...word].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7);

const builder = PortalsJS.ApplicationBuilder('wordcount');

const text = builder.generatorsWithName('text').fromArrayOfArrays(lines);

builder
  .workflowsWithName('words')
  .source(text.stream)
  .flatMap((ctx) => (line) => line.split(' '))
  .withName('split')
  .key((word) => keyOf(word))
  .map((ctx) => (word) => {
    // The counter of this word: state belongs to the task and the key of the event.
    const counter = PortalsJS.PerKeyState('counter', 0, ctx);
    counter.set(counter.get() + 1);
    return `${word}: ${counter.get()}`;
  })
  .withName('count')
  .logger()
  .withName('print')
  .sink()
  .freeze();

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
system.shutdown();
