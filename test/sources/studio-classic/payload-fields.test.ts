import { describe, expect, it } from 'vitest';
import { surfacesOf } from '../../../src/sources/studio-classic/connections.ts';
import { studioDate } from '../../../src/sources/studio-classic/payload-fields.ts';

describe('the dates of the service', () => {
  it.each([
    ['/Date(1418444668177)/', '2014-12-13T04:24:28.177Z'],
    ['/Date(1418444668177+0200)/', '2014-12-13T04:24:28.177Z'],
    ['2019-06-20T10:00:00Z', '2019-06-20T10:00:00.000Z'],
    ['2017-06-21T08:00:00.0000000Z', '2017-06-21T08:00:00.000Z'],
    ['2019-06-20T10:00:00', '2019-06-20T10:00:00.000Z'],
    ['2019-06-20T10:00:00+02:00', '2019-06-20T08:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(studioDate(text)?.toISOString()).toBe(expected);
  });

  it.each([
    '/Date(-62135596800000)/',
    '/Date(99999999999999999)/',
    'yesterday',
    '20 June 2019',
    '2019-13-45T00:00:00Z',
  ])('%s is none', (text) => {
    expect(studioDate(text)).toBeNull();
  });
});

describe('the addresses of a workspace', () => {
  const addresses = (connection: Parameters<typeof surfacesOf>[0]) => {
    const { studio, management } = surfacesOf(connection);
    return [studio.href, management.href];
  };

  it.each([
    ['South Central US', 'https://studioapi.azureml.net/api/', 'https://management.azureml.net/'],
    ['west europe', 'https://europewest.studioapi.azureml.net/api/', 'https://europewest.management.azureml.net/'],
    [
      'Southeast Asia',
      'https://asiasoutheast.studioapi.azureml.net/api/',
      'https://asiasoutheast.management.azureml.net/',
    ],
    [
      'Germany Central',
      'https://germanycentral.studioapi.azureml.de/api/',
      'https://germanycentral.management.azureml.de/',
    ],
  ])('in %s', (region, studio, management) => {
    expect(addresses({ region })).toEqual([studio, management]);
  });

  it.each([
    ['http://127.0.0.1:7000', 'http://127.0.0.1:7000/api/', 'http://127.0.0.1:7000/'],
    ['http://127.0.0.1:7000/api/', 'http://127.0.0.1:7000/api/', 'http://127.0.0.1:7000/'],
    ['https://proxy.example.com/studio/', 'https://proxy.example.com/studio/api/', 'https://proxy.example.com/studio/'],
    ['https://studio.azureml.net/', 'https://studio.azureml.net/api/', 'https://management.azureml.net/'],
  ])('at %s', (endpoint, studio, management) => {
    expect(addresses({ endpoint })).toEqual([studio, management]);
  });

  it.each([{ region: 'Atlantis' }, { region: 'constructor' }, { endpoint: 'not an address' }])(
    '%o is refused',
    (connection) => {
      expect(() => surfacesOf(connection)).toThrow(expect.objectContaining({ reason: 'rejected' }));
    },
  );
});
