import { describe, expect, it } from 'vitest';
import { read } from '../../src/understanding/read.ts';
import { readWorkspaceResourceWish } from '../../src/understanding/workspace-resource-phrases.ts';

describe('a sentence about something that is no asset', () => {
  it.each([
    ['list the members of my workspace', 'member', 'list'],
    ['show me all invitations', 'member', 'list'],
    ['remove Megan Bowen from my workspace', 'member', 'delete'],
    ['delete the invitation for isaiahl@example.com', 'member', 'delete'],
    ['list my data gateways', 'gateway', 'list'],
    ['please delete the gateway hq-sql', 'gateway', 'delete'],
    ['export gateways', 'gateway', 'export'],
    ['show the endpoints of my web service', 'endpoint', 'list'],
    ['delete endpoint "campaign" of web service "Churn training"', 'endpoint', 'delete'],
    ['list commitment plans', 'plan', 'list'],
    ['get rid of the commitment plan fraud-plan', 'plan', 'delete'],
    ['export my workspace settings', 'settings', 'export'],
  ] as const)('is read as a wish about it, and as no command: %s', (sentence, what, verb) => {
    expect(readWorkspaceResourceWish(sentence)).toEqual({ what, verb });
    expect(read(sentence).intent).toBe('none');
  });

  it.each([
    'do not delete the gateway',
    'never remove members',
    'the gateway is slow today',
    'drop table users;',
    'purge all users',
    'hello',
    `list the members ${'and tell me a long story about each '.repeat(5)}`,
  ])('is left alone: %s', (sentence) => {
    expect(readWorkspaceResourceWish(sentence)).toBeNull();
  });
});
