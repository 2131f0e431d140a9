import { scramVerifier } from './scram-verifier.js';

// RFC 7677, section 3: user "user", password "pencil".
it('makes the keys of the RFC’s example', () => {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  expect(scramVerifier('pencil', salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

it('salts every verifier anew', () => {
  expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil'));
});
