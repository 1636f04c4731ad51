import { describe, expect, it } from 'vitest';
import { DISTRICTS, municipalities } from './denmark.js';
import { districtTiles, TILES } from './tile-map.js';

describe('the map of tiles (FM-NCP-1)', () => {
  it('has each of the 98 municipalities once, each at a place of its own', () => {
    expect(TILES.map((tile) => tile.municipality).sort()).toEqual(municipalities.map((one) => one.code).sort());
    expect(new Set(TILES.map((tile) => `${tile.column} ${tile.row}`)).size).toBe(98);
    expect(new Set(TILES.map((tile) => tile.short)).size).toBe(98);
  });

  it('has every tile in one of the twelve districts, and each district in one piece', () => {
    expect(districtTiles.map((one) => one.district)).toEqual(DISTRICTS.map((one) => one.id));
    expect(districtTiles.flatMap((one) => one.tiles)).toHaveLength(98);
    for (const { district, tiles, name } of districtTiles) {
      const near = (a: (typeof tiles)[number], b: (typeof tiles)[number]) => Math.max(Math.abs(a.column - b.column), Math.abs(a.row - b.row)) === 1;
      const reached = new Set(tiles.slice(0, 1));
      for (const one of reached) for (const other of tiles) if (near(one, other)) reached.add(other);
      expect([district, reached.size]).toEqual([district, tiles.length]);
      expect(name?.lines.length).toBeGreaterThan(0);
    }
  });
});
