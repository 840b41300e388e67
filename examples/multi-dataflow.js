// Several dataflows: a splitter routes readings to two workflows, a sequencer joins their results.
//
//                  ┌─ indoors ──► comfort ──┐
//   sensors ──► by place                    ├─► reports ──► summary
//                  └─ outdoors ─► weather ──┘
//
// `weather` forks inside the workflow as well: one path finds frost, the other the highest reading,
// and both join before the sink.

const readings = [
  [
    { sensor: 1, place: 'in', celsius: 21 },
    { sensor: 2, place: 'out', celsius: -2 },
    { sensor: 3, place: 'in', celsius: 17 },
  ],
  [
    { sensor: 2, place: 'out', celsius: 4 },
    { sensor: 1, place: 'in', celsius: 22 },
    { sensor: 4, place: 'cellar', celsius: 9 },
  ],
  [
    { sensor: 3, place: 'in', celsius: 16 },
    { sensor: 2, place: 'out', celsius: 11 },
  ],
];

const builder = PortalsJS.ApplicationBuilder('house');

const sensors = builder.generatorsWithName('sensors').fromArrayOfArrays(readings);

// An event goes to the first split that accepts it. No split accepts the cellar: its events are dropped.
const byPlace = builder.splittersWithName('place').empty(sensors.stream);
const indoors = builder
  .splitsWithName('indoors')
  .split(byPlace, (reading) => reading.place === 'in');
const outdoors = builder
  .splitsWithName('outdoors')
  .split(byPlace, (reading) => reading.place === 'out');

const comfort = builder
  .workflowsWithName('comfort')
  .source(indoors)
  .key((reading) => reading.sensor)
  .filter((reading) => reading.celsius < 18)
  .withName('too cold')
  .map((ctx) => (reading) => `sensor ${reading.sensor} is cold: ${reading.celsius} degrees`)
  .withName('describe')
  .sink()
  .freeze();

const outside = builder
  .workflowsWithName('weather')
  .source(outdoors)
  .key((reading) => reading.sensor);

const frost = outside
  .filter((reading) => reading.celsius < 0)
  .withName('frost')
  .map((ctx) => (reading) => `frost: ${reading.celsius} degrees`)
  .withName('warn');

const weather = outside
  .processor((ctx) => (reading) => {
    const highest = PortalsJS.PerKeyState('highest', -273, ctx);
    if (reading.celsius <= highest.get()) return;
    highest.set(reading.celsius);
    ctx.emit(`warmest so far: ${reading.celsius} degrees`);
  })
  .withName('record')
  .union([frost])
  .sink()
  .freeze();

const reports = builder.sequencersWithName('reports').random();
builder.connectionsWithName('comfort').connect(comfort.stream, reports);
builder.connectionsWithName('weather').connect(weather.stream, reports);

builder
  .workflowsWithName('summary')
  .source(reports.stream)
  .logger()
  .withName('print')
  .withOnAtomComplete((ctx) => {
    // Runs once per atom, after its events. Task state is shared by all keys.
    const atoms = PortalsJS.PerTaskState('atoms', 0, ctx);
    atoms.set(atoms.get() + 1);
    ctx.log.info(`that was report ${atoms.get()}`);
  })
  .sink()
  .freeze();

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
system.shutdown();
