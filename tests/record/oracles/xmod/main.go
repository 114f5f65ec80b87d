// Answers questions about notes and trees by Go's own implementation (golang.org/x/mod/sumdb), for the tests to compare.
//
// Reads one JSON object from standard input and writes one to standard output.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Leaves [][]byte // the records of a log, from the first on
	Text   string   // to be signed
	Signer string   // by this key
	Notes  []opened // to be opened
}

type opened struct {
	Note string
	Keys []string
}

type answer struct {
	Roots     []string          // of every size from 1 on, hexadecimal
	Records   []string          // SHA-256 over all record proofs of every size
	Trees     []string          // SHA-256 over all tree proofs of every size
	Tiles     map[string]string // path to bytes, hexadecimal, of every tile of the whole log
	Note      string            // the signed note
	Texts     []string          // of the notes that open, "" of those that do not
	Strangers []int             // how many signatures by unknown keys each carries
}

type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = s[index]
	}
	return found, nil
}

func main() {
	var asked question
	check(json.NewDecoder(os.Stdin).Decode(&asked))
	var told answer
	tree(asked.Leaves, &told)
	notes(asked, &told)
	check(json.NewEncoder(os.Stdout).Encode(told))
}

func tree(leaves [][]byte, told *answer) {
	var hashes stored
	for n, leaf := range leaves {
		more, err := tlog.StoredHashes(int64(n), leaf, hashes)
		check(err)
		hashes = append(hashes, more...)
		size := int64(n + 1)
		root, err := tlog.TreeHash(size, hashes)
		check(err)
		told.Roots = append(told.Roots, hex.EncodeToString(root[:]))
		records, trees := sha256.New(), sha256.New()
		for i := int64(0); i < size; i++ {
			record, err := tlog.ProveRecord(size, i, hashes)
			check(err)
			for _, hash := range record {
				records.Write(hash[:])
			}
			proof, err := tlog.ProveTree(size, i+1, hashes)
			check(err)
			for _, hash := range proof {
				trees.Write(hash[:])
			}
		}
		told.Records = append(told.Records, hex.EncodeToString(records.Sum(nil)))
		told.Trees = append(told.Trees, hex.EncodeToString(trees.Sum(nil)))
	}
	told.Tiles = map[string]string{}
	for _, tile := range tlog.NewTiles(8, 0, int64(len(leaves))) {
		data, err := tlog.ReadTileData(tile, hashes)
		check(err)
		// Go's paths name the height of its tiles, tlog-tiles fixes it at 8.
		told.Tiles[strings.Replace(tile.Path(), "tile/8/", "tile/", 1)] = hex.EncodeToString(data)
	}
}

func notes(asked question, told *answer) {
	if asked.Signer != "" {
		signer, err := note.NewSigner(asked.Signer)
		check(err)
		signed, err := note.Sign(&note.Note{Text: asked.Text}, signer)
		check(err)
		told.Note = string(signed)
	}
	for _, given := range asked.Notes {
		var known []note.Verifier
		for _, key := range given.Keys {
			verifier, err := note.NewVerifier(key)
			check(err)
			known = append(known, verifier)
		}
		found, err := note.Open([]byte(given.Note), note.VerifierList(known...))
		if err != nil {
			found = &note.Note{}
		}
		told.Texts = append(told.Texts, found.Text)
		told.Strangers = append(told.Strangers, len(found.UnverifiedSigs))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
