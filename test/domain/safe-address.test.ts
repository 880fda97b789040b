import { describe, expect, it } from 'vitest';
import { addressFault, blobAddressFault } from '../../src/domain/safe-address.ts';

const unsafe = [
  'http://contoso.blob.core.windows.net/c/f',
  'ftp://contoso.blob.core.windows.net/c/f',
  'file:///etc/passwd',
  'https://user:pw@contoso.blob.core.windows.net/c/f',
  'https://contoso.blob.core.windows.net@169.254.169.254/c/f',
  'https://127.0.0.1/c/f',
  'https://localhost/c/f',
  'https://2130706433/c/f',
  'https://0x7f.1/c/f',
  'https://0177.0.0.1/c/f',
  'https://127.1/c/f',
  'https://[::1]/c/f',
  'https://[::ffff:169.254.169.254]/c/f',
  'https://[fe80::1]/c/f',
  'https://169.254.169.254/metadata/instance',
  'https://168.63.129.16/machine',
  'https://10.0.0.4/c/f',
  'https://192.168.1.1/c/f',
  'https://１２７.０.０.１/c/f',
  'https://metadata.google.internal/c/f',
  'https://metadata/c/f',
  'https://storage.local./c/f',
  'https://contoso.blob.core.windows.net:8443/c/f',
  '//contoso.blob.core.windows.net/c/f',
  'contoso.blob.core.windows.net/c/f',
  '',
];

const elsewhere = [
  'https://example.com/c/f',
  'https://blob.core.windows.net/c/f',
  'https://contoso.blob.core.windows.net.example.com/c/f',
  'https://example.com/contoso.blob.core.windows.net/f',
  'https://contoso-blob.core.windows.net/c/f',
  'https://a.b.blob.core.windows.net/c/f',
  'https://contoso.file.core.windows.net/c/f',
];

const blobs = [
  'https://contoso.blob.core.windows.net/c/f?sv=1&sig=x',
  'https://CONTOSO.blob.core.windows.net:443/c/f',
  'https://contoso-secondary.blob.core.windows.net/c/f',
  'https://contoso.z12.blob.storage.azure.net/c/f',
  'https://contoso.blob.core.chinacloudapi.cn/c/f',
  'https://contoso.blob.core.usgovcloudapi.net/c/f',
];

describe('an address out of a payload', () => {
  it.each(unsafe)('is not called when it is not safe: %s', (address) => {
    expect(addressFault(address)).not.toBeNull();
    expect(blobAddressFault(address, {})).not.toBeNull();
  });

  it.each(elsewhere)('is no file’s when it is at no blob service: %s', (address) => {
    expect(blobAddressFault(address, {})).not.toBeNull();
  });

  it.each(blobs)('is called when it is a blob’s: %s', (address) => {
    expect(blobAddressFault(address, {})).toBeNull();
  });

  it.each(['http://127.0.0.1:10000/account/c/f', 'http://localhost:1/f', 'https://[::1]:1/f'])(
    'may lead to this machine beside an emulator only: %s',
    (address) => {
      expect(blobAddressFault(address, {})).not.toBeNull();
      expect(blobAddressFault(address, { allowLoopback: true })).toBeNull();
    },
  );

  it('never leads into a private network, beside an emulator neither', () => {
    for (const address of ['http://10.0.0.4/f', 'http://169.254.169.254/f', 'https://example.com/f']) {
      expect(blobAddressFault(address, { allowLoopback: true })).not.toBeNull();
    }
  });
});
