/** A key that signs heads of the record: ECDSA on P-256 with SHA-256 (ES256, RFC 7518). */
export interface AnchorSigner {
  /** Thumbprint of the public key (RFC 7638), by which a verifier finds it. Throws ServiceFailure. */
  keyId(signal?: AbortSignal): Promise<string>;
  /** The signature over these bytes, as r and s side by side. Throws ServiceFailure. */
  sign(bytes: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>;
}
