// Exports an application; types, an import, and handlers of several lines and of one.
import { PortalsJS } from 'portals';
import { celsius } from './units.ts';

const builder = PortalsJS.ApplicationBuilder('weather');
const readings = builder.generatorsWithName('readings').fromRange(60, 64, 2);

interface Reading {
  degrees: number;
  warm: boolean;
}

builder
  .workflowsWithName('convert')
  .source(readings.stream)
  .map((_ctx) => (fahrenheit: number): Reading => {
    const degrees = celsius(fahrenheit);
    return { degrees, warm: degrees > 16 };
  })
  .withName('convert')
  .filter((reading: Reading) => reading.warm)
  .map((_ctx) => (reading: Reading) => reading.degrees)
  .withName('degrees')
  .logger()
  .withName('print')
  .sink()
  .freeze();

export default builder.build();
