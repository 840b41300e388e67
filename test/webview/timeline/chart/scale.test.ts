import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Scale } from '../../../../webview/timeline/chart/scale.ts';
import { ticksOf, tickText } from '../../../../webview/timeline/chart/ticks.ts';

describe('the scale of the timeline', () => {
  it('fits a short history and follows the current step of a long one', () => {
    const short = Scale.follow(20, 40, 1000);
    assert.equal(short.start, 0);
    assert.ok(short.shows(40));
    const long = Scale.follow(5000, 9000, 1000);
    assert.ok(long.hasMarks && long.shows(5000));
    assert.equal(long.shows(0), false);
  });

  it('zooming keeps the step at the pointer and stays within the history', () => {
    const view = fc.record({
      recorded: fc.integer({ min: 1, max: 1_000_000 }),
      width: fc.integer({ min: 100, max: 3000 }),
      moves: fc.array(
        fc.record({
          factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          pan: fc.integer({ min: -5000, max: 5000 }),
        }),
        { maxLength: 20 },
      ),
    });
    fc.assert(
      fc.property(view, ({ recorded, width, moves }) => {
        let scale = Scale.follow(recorded, recorded, width);
        for (const { factor, at, pan } of moves) {
          scale = scale.zoomed(factor, at * width, recorded).panned(pan, recorded);
          assert.ok(scale.start >= 0 && scale.start <= recorded + 2, `${scale.start}`);
          assert.ok(scale.stepWidth > 0 && scale.stepWidth <= 36, `${scale.stepWidth}`);
        }
        const middle = Scale.follow(recorded / 2, recorded, width);
        const zoomed = middle.zoomed(1.5, width / 2, recorded);
        const [before, after] = [middle, zoomed].map(({ start, stepWidth }) => {
          return start + width / 2 / stepWidth;
        });
        const atEdge = zoomed.start === 0 || zoomed.end >= recorded + 1.99;
        assert.ok(atEdge || Math.abs((before ?? 0) - (after ?? 0)) < 1e-6 * recorded + 1e-6);
      }),
    );
  });

  it('revealing a step pans as little as possible', () => {
    const scale = Scale.at(100, 20, 1000, 10_000);
    assert.equal(scale.revealing(120, 10_000), scale);
    assert.ok(scale.revealing(90, 10_000).shows(90));
    assert.ok(scale.revealing(400, 10_000).shows(400));
  });

  it('axis labels are round numbers and do not overlap', () => {
    assert.deepEqual(ticksOf(Scale.fit(40, 1000), 40), [0, 5, 10, 15, 20, 25, 30, 35, 40]);
    const far = ticksOf(Scale.fit(1_000_000, 1000), 1_000_000);
    assert.deepEqual(far.slice(0, 3), [0, 100_000, 200_000]);
  });

  it('omits a label that would be clipped', () => {
    const scale = Scale.at(699_950, 14, 750, 700_000);
    assert.equal(tickText(699_990, scale), '699,990');
    assert.equal(tickText(700_000, scale), '');
  });
});
