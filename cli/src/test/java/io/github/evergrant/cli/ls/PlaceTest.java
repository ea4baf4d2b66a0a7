package io.github.evergrant.cli.ls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceTest {

    private static final String ID = "6c54cade-bde5-45c1-bdea-f4bd71dba2cc";

    @ParameterizedTest
    @CsvSource({
        "'',''",
        ":,''",
        ":/,/",
        ":/home/a b,/home/a b",
        ":relative,relative",
        ":~/x,~/x",
        ":/a:b,/a:b",
        ":/../..,/../..",
        ":/100%?,/100%?"
    })
    void behind_an_id_any_path_is_one(String behind, String path) {
        assertThat(Place.read(ID + behind)).isEqualTo(new Place(ID, true, path));
    }

    @ParameterizedTest
    @CsvSource({
        "My Files,My Files,''",
        "My Files:,My Files,''",
        "My Files:/a/b,My Files,/a/b",
        "My Files:~/a,My Files,~/a",
        "Lab: results,Lab: results,''",
        "Lab: results:/x,Lab: results,/x",
        "a:/b:/c,a,/b:/c",
        "6c54cade,6c54cade,''",
        "6c54cade-bde5-45c1-bdea-f4bd71dba2ccx:/a,6c54cade-bde5-45c1-bdea-f4bd71dba2ccx,/a"
    })
    void behind_a_name_a_path_begins_with_a_slash_or_a_tilde(String word, String name, String path) {
        assertThat(Place.read(word)).isEqualTo(new Place(name, false, path));
    }

    @Test
    void line_ends_are_part_of_names_and_paths() {
        assertThat(Place.read("a\nb:/c\nd")).isEqualTo(new Place("a\nb", false, "/c\nd"));
        assertThat(Place.read(ID + ":/c\nd")).isEqualTo(new Place(ID, true, "/c\nd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":", ":/x", " :/x"})
    void without_a_collection_it_is_no_place(String word) {
        assertThatThrownBy(() -> Place.read(word)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @CsvSource({"x:/a/b,x:/a", "x:/a/b//,x:/a", "x:/a,x:/", "x:/,x", "x:~/a,x:~", "x:~,x", "x,x"})
    void each_has_one_above(String word, String above) {
        assertThat(Place.read(word).parent().word()).isEqualTo(above);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "1023,1023 B",
        "1024,1.0 KiB",
        "1536,1.5 KiB",
        "10239,10 KiB",
        "122880,120 KiB",
        "1048063,1023 KiB",
        "1048575,1.0 MiB",
        "5242880,5.0 MiB",
        "9223372036854775807,8.0 EiB",
        "-1,-1 B"
    })
    void sizes_are_short(long bytes, String words) {
        assertThat(Sizes.words(bytes)).isEqualTo(words);
    }
}
